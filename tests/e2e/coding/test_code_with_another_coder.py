"""`ics-plans code`: a person's table, or a model behind an address, in the place of the bundled coder."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import group

PLAN = str(Path(__file__).parents[3] / "plans" / "sample" / "ostermouth_jfp_2023.pdf")


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments))


class _Model(BaseHTTPRequestHandler):
    """Gives a code to the first passage of every question, and quotes its first words; and one quote of its own."""

    def do_POST(self) -> None:
        """Answer one question."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        first = body["messages"][1]["content"].split("\n")[0].removeprefix("[0] ")
        one = {"passage": 0, "code": "wider.housing", "strength": 2, "equity": False}
        answers = [one | {"quote": " ".join(first.split()[:3])}, one | {"quote": "words that stand in no plan"}]
        content = json.dumps({"codings": answers})
        reply = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()


def test_a_models_codings_are_written_and_its_inventions_are_said(tmp_path: Path, address: str) -> None:
    pytest.importorskip("httpx")
    out = tmp_path / "codings.csv"
    result = invoke("code", PLAN, "--endpoint", address, "--model", "stub", "-o", str(out), "--quiet")
    assert result.exit_code == 0, result.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert {(r["code"], r["coder"].split(" / ")[0]) for r in rows} == {("wider.housing", "model stub")}
    assert "answers of the model were left out" in result.output
    assert "words that stand in no plan" in result.output


def test_an_endpoint_without_a_model_is_refused(tmp_path: Path) -> None:
    result = invoke("code", PLAN, "--endpoint", "http://127.0.0.1:9/v1", "-o", str(tmp_path / "c.csv"))
    assert result.exit_code == 2
    assert "--endpoint URL and --model NAME go together" in result.output


def test_a_persons_table_and_a_table_of_texts_do_not_go_together(tmp_path: Path) -> None:
    result = invoke("code", "--text", "t.csv", "--coder", "ana.csv", "-o", str(tmp_path / "c.csv"))
    assert result.exit_code == 2
    assert "not with --text" in result.output
