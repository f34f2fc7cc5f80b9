"""A made-up region as large as they come: thirty parties over sixteen years, with plans and agreements of all sorts."""

from cycleplan.register import load_register

FROM, TO = "2022-08-01", "2038-07-31"
_MUNICIPALITIES, _PARTNERSHIPS = 24, 6


def text() -> str:
    """The region file."""
    register = load_register()
    codes = [code for code, m in sorted(register.municipalities.items()) if m.until is None][:_MUNICIPALITIES]
    partnerships = [p.code for p in register.partnerships.values() if not p.national][:_PARTNERSHIPS]
    lines = [
        "region: dertig",
        'name: "Regio met dertig partijen en een naam die veel te lang is om op een regel te passen"',
    ]
    lines += ["language: nl", "revised: 2026-11-22", "municipalities:"]
    for i, code in enumerate(codes):
        lines.append(f"  - code: {code}")
        if i % 3 == 0:  # also two kinds of plan at once
            lines.append("    plans:")
            lines.append(
                f"      - {{kind: jeugdplan, first: {2021 + i % 5}-01-01, last: {2024 + i % 5}-12-31, {_FACT}}}"
            )
            lines.append(f"      - {{kind: wmo-plan, first: {2023 + i % 2}-01-01, last: unknown, {_FACT}}}")
    lines.append("partnerships:")
    for i, code in enumerate(partnerships):  # the first makes a plan every year, the second every two
        years = {0: 1, 1: 2}.get(i, 4)
        area = ", ".join(codes[i * 4 : i * 4 + 6])
        lines += [f"  - code: {code}", f"    municipalities: [{area}]", f"    rhythm: {years}", "    plans:"]
        start = 2026 if years < 4 else 2022 + i % 4
        lines.append(f"      - {{years: {start}-{start + years}, {_FACT}}}")
    lines.append("agreements:")
    for i in range(6):
        parties = [codes[i], codes[i + 1], partnerships[i % 3]]
        adopted = ", ".join(f"{party}: 2022-12-01" for party in parties)
        name = f"Convenant jeugdhulp in het onderwijs en samenwerking rond de school, deel {i + 1}"
        lines.append(
            f'  - {{name: "{name}", parties: [{", ".join(parties)}], first: {2023 + i}-01-01, last: {2026 + i}-12-31,'
            f" adopted: {{{adopted}}}, {_FACT}}}"
        )
    return "\n".join(lines) + "\n"


_FACT = "status: actual, source: verzonnen"
