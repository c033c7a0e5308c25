"""The kinds of plan that the toolkit knows, and the words by which a title or a file name gives them away."""

from __future__ import annotations

# Kind -> (what it is, phrases that name it). Phrases are lower case, words only; the order is that of the list shown.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "integrated_care_strategy": (
        "strategy of the integrated care partnership (from 2022)",
        (
            "integrated care strategy",
            "integrated care system strategy",
            "ics strategy",
            "icp strategy",
            "integrated care partnership strategy",
            "health and care strategy",
        ),
    ),
    "joint_forward_plan": (
        "five-year plan of the board and its trusts (from 2023)",
        ("joint forward plan", "five year joint forward plan", "5 year joint forward plan", "jfp"),
    ),
    "five_year_plan": (
        "five-year plan of the system outside the joint forward plan (2019 long-term plan responses, later refreshes)",
        (
            "five year plan",
            "5 year plan",
            "five year strategic plan",
            "5 year strategic plan",
            "five year strategy",
            "5 year strategy",
            "five year strategic delivery plan",
            "5 year strategic delivery plan",
        ),
    ),
    "sustainability_transformation_plan": (
        "sustainability and transformation plan (2016)",
        ("sustainability and transformation plan", "sustainability transformation plan", "stp plan"),
    ),
    "health_inequalities_plan": (
        "plan, strategy or framework on health inequalities",
        (
            "health inequalities plan",
            "health inequalities strategy",
            "health inequalities framework",
            "health inequalities action plan",
            "health equity plan",
            "health equity strategy",
            "inequalities strategy",
            "reduce coastal health inequalities",
            "prevention and health inequalities strategy",
        ),
    ),
    "joint_health_wellbeing_strategy": (
        "strategy of a health and wellbeing board",
        (
            "joint health and wellbeing strategy",
            "joint health wellbeing strategy",
            "health and wellbeing strategy",
            "joint local health and wellbeing strategy",
            "jhws",
            "jlhws",
            "hwb strategy",
        ),
    ),
    "needs_assessment": (
        "needs assessment that plans rest on",
        ("joint strategic needs assessment", "strategic needs assessment", "needs assessment", "jsna"),
    ),
    "public_health_report": (
        "annual report of a director of public health",
        (
            "director of public health annual report",
            "annual public health report",
            "public health annual report",
            "dph annual report",
        ),
    ),
    "topic_strategy": (
        "strategy on one condition, service or group",
        (
            "dementia strategy",
            "tobacco control strategy",
            "smokefree strategy",
            "mental health strategy",
            "carers strategy",
            "digital strategy",
            "workforce strategy",
            "suicide prevention strategy",
            "estates strategy",
        ),
    ),
    "other": ("any other document", ()),
}


def kinds() -> dict[str, str]:
    """Return the kinds of plan and what each of them is, in the order of the documented list."""
    return {name: meaning for name, (meaning, _) in KINDS.items()}
