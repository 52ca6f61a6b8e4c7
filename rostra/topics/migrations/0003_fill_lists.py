from django.db import migrations

NEWEST = """UPDATE topics_topic SET newest_position = COALESCE(
    (SELECT position FROM topics_post WHERE topics_post.id = topics_topic.last_post_id), last_position)"""
PARTICIPANTS = """INSERT INTO topics_participant (topic_id, author_id, post_count, last_post_id)
    SELECT topic_id, author_id, COUNT(*), MAX(id) FROM topics_post
    WHERE removed_at IS NULL AND author_id IS NOT NULL GROUP BY topic_id, author_id"""


class Migration(migrations.Migration):
    dependencies = [("topics", "0002_lists")]
    operations = [
        migrations.RunSQL(NEWEST, migrations.RunSQL.noop),
        migrations.RunSQL(PARTICIPANTS, "DELETE FROM topics_participant"),
    ]
