"""LimeSurvey survey structures, written as LimeSurvey 6 and LimeSurvey 3 write them."""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

Rows = Iterable[Mapping[str, str]]


def make_survey(**tables: Rows) -> bytes:
    """A structure with these tables; title, language and one group are there if they are not given."""
    own: dict[str, Rows] = {
        "groups": [{"gid": "1", "group_order": "1"}],
        "group_l10ns": [{"gid": "1", "group_name": "Your <b>work</b>", "language": "en"}],
        "surveys": [{"sid": "7", "language": "en"}],
        "surveys_languagesettings": [{"surveyls_language": "en", "surveyls_title": "Staff survey 2026"}],
    }
    body = "".join(_table(name, rows) for name, rows in (own | tables).items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>'
        f"<DBVersion>623</DBVersion><languages><language>en</language></languages>{body}</document>"
    ).encode()


def _table(name: str, rows: Rows) -> str:
    lines = ("".join(f"<{key}>{escape(value)}</{key}>" for key, value in row.items()) for row in rows)
    return f"<{name}><rows>{''.join(f'<row>{line}</row>' for line in lines)}</rows></{name}>"


def make_question(qid: str, kind: str = "L", text: str = "I am heard.", **row: str) -> dict[str, Rows]:
    """The tables of one question of the first group; `row` sets its other columns."""
    columns = {"qid": qid, "parent_qid": "0", "gid": "1", "type": kind, "title": f"Q{qid}", "relevance": "1"}
    return {
        "questions": [columns | {"question_order": qid} | row],
        "question_l10ns": [{"qid": qid, "question": text, "language": "en"}],
    }


def make_answers(qid: str, *labels: str) -> dict[str, Rows]:
    """The tables of its answers, coded A1, A2 and so on."""
    aids = [f"{qid}0{number}" for number in range(1, len(labels) + 1)]
    return {
        "answers": [
            {"aid": aid, "qid": qid, "code": f"A{number}", "sortorder": str(number), "scale_id": "0"}
            for number, aid in enumerate(aids, 1)
        ],
        "answer_l10ns": [
            {"aid": aid, "answer": label, "language": "en"} for aid, label in zip(aids, labels, strict=True)
        ],
    }


def make_lines(qid: str, *texts: str) -> dict[str, Rows]:
    """The tables of the lines of an array, coded SQ1, SQ2 and so on."""
    qids = [f"{qid}9{number}" for number in range(1, len(texts) + 1)]
    return {
        "subquestions": [
            {
                "qid": each,
                "parent_qid": qid,
                "gid": "1",
                "type": "T",
                "title": f"SQ{order}",
                "question_order": str(order),
            }
            for order, each in enumerate(qids, 1)
        ],
        "question_l10ns": [
            {"qid": each, "question": text, "language": "en"} for each, text in zip(qids, texts, strict=True)
        ],
    }


def together(*parts: Mapping[str, Rows]) -> dict[str, Rows]:
    """The tables of several parts as one."""
    joined: dict[str, Rows] = {}
    for part in parts:
        for name, rows in part.items():
            joined[name] = [*joined.get(name, ()), *rows]
    return joined
