"""What the texts of some settings must look like, and how to say it."""

_CONTACT = r"(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+[\d-]+)"
FORMS = {
    "feed_authority": (
        r"[a-z0-9.-]+,\d{4}(-\d\d){0,2}",
        "a host and a date on which it was yours, such as forum.example.org,2026",
    ),
    "content_usage": (
        r"[a-z*][a-z0-9_.*-]*=[yn](, ?[a-z*][a-z0-9_.*-]*=[yn])*",
        "categories with y or n, such as train-ai=n, search=y",
    ),
    "security_contact": (
        _CONTACT,
        "begin with mailto:, https:// or tel:+, such as mailto:security@example.org",
    ),
    "contact": (_CONTACT, "begin with mailto:, https:// or tel:+, such as mailto:board@example.org"),
    "accessibility_contact": (
        _CONTACT,
        "begin with mailto:, https:// or tel:+, such as mailto:access@example.org",
    ),
}
