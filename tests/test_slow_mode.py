"""Slow mode and several posts at the same moment: only one of them passes."""

import urllib.error
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.serving import PASSWORD, Browser, made, people_and_a_topic


def test_of_several_posts_of_one_member_at_the_same_moment_one_passes(tmp_path: Path) -> None:
    with made(tmp_path, people_and_a_topic(3)) as server:
        (tmp_path / "password").write_text(PASSWORD)
        server.run("createadmin", "dora", "--password-file", str(tmp_path / "password"))
        server.start()
        Browser(server.address, "dora").post("/f/1-europe/slow", pace="3600", until="")
        browsers = [Browser(server.address, f"member {number}") for number in (2, 3)]

        def send(number: int) -> int:
            form = {"body": f"Reply {number}", "token": f"t{number}", "do": "post"}
            try:
                browsers[number % 2].post("/t/1-tunnels/reply", **form)
            except urllib.error.HTTPError as refused:
                return refused.code
            return 200

        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(send, range(16)))
        assert sorted(answers) == [200, 200] + [403] * 14, "one of each member"
        page = browsers[0].get("/t/1-tunnels/")
        assert page.count('<article class="post') == 3
