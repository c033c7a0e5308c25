"""People and third-party models code through the same checks as the machine."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from one_page import FIRST, SECOND, one_page

from toolkit.coding.endpoint import EndpointCoder, EndpointError
from toolkit.coding.people import read_codings
from toolkit.errors import InvalidInput
from toolkit.frameworks import load_framework

FRAMEWORK = load_framework("health_inequalities")

HEADER = "plan_id,passage_id,code,strength,equity,quote\n"


def test_a_persons_table_becomes_codings_with_addresses(tmp_path: Path) -> None:
    table = tmp_path / "ana.csv"
    table.write_text(HEADER + "plan,p0,behaviours.tobacco,4,yes,stop smoking clinics\n", encoding="utf-8")
    coding = read_codings(table, FRAMEWORK).code(one_page(FIRST, SECOND))[0]
    assert (coding.quote, coding.strength, coding.equity) == ("stop smoking clinics", 4, True)
    assert coding.coder.startswith("ana / health_inequalities")
    assert coding.at_least == (1.0, 1.0, 1.0, 1.0)


def test_every_fault_of_a_persons_table_is_named_with_its_row(tmp_path: Path) -> None:
    table = tmp_path / "ana.csv"
    table.write_text(HEADER + "plan,p0,behaviours.tobaco,7,perhaps,\nplan,p0,wider.housing,0,1,\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as error:
        read_codings(table, FRAMEWORK)
    assert len(error.value.problems) == 4
    assert "row 2: strength is '7'; give 1, 2, 3 or 4" in error.value.problems


def test_a_quote_that_is_not_verbatim_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "ana.csv"
    table.write_text(HEADER + "plan,p0,wider.housing,1,0,warm homes\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="row 2: the quote is not verbatim in passage 'p0'"):
        read_codings(table, FRAMEWORK).code(one_page(FIRST))


class _Stub(BaseHTTPRequestHandler):
    answer: object = None

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert body["temperature"] == 0
        content = json.dumps({"codings": type(self).answer})
        reply = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> object:
    server = HTTPServer(("127.0.0.1", 0), _Stub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()


def _answer(code: str, quote: str) -> dict[str, object]:
    return {"passage": 0, "code": code, "strength": 3, "equity": False, "quote": quote}


def test_a_model_is_believed_only_where_it_quotes_verbatim(address: str) -> None:
    pytest.importorskip("httpx")
    _Stub.answer = [
        _answer("behaviours.tobacco", "stop smoking clinics"),
        _answer("behaviours.tobacco", "smoking cessation clinics"),
        _answer("no.such_code", "stop smoking clinics"),
        "nonsense",
    ]
    coder = EndpointCoder(framework=FRAMEWORK, url=address, model="stub")
    codings = coder.code(one_page(FIRST))
    assert [c.quote for c in codings] == ["stop smoking clinics"]
    assert len(coder.refused) == 3


def test_an_address_that_does_not_answer_says_so() -> None:
    pytest.importorskip("httpx")
    coder = EndpointCoder(framework=FRAMEWORK, url="http://127.0.0.1:9/v1", model="stub")
    with pytest.raises(EndpointError, match="Check address and model"):
        coder.code(one_page(FIRST))
