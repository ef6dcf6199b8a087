# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents go to the accounts once, in files that stay the same byte for byte."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from datetime import date

import pytest

from billing import period_commands
from billing.collection.collecting import collect
from billing.collection.mandates import end_mandate, enter_mandate, set_creditor
from billing.postings.exporting import batch_of, export, preview
from billing.postings.models import PostedItem, PostingBatch
from billing.postings.profiles import SHIPPED, profile_of, profiles, save_profile
from billing.receivables.models import DocumentKind
from tests.factories.receivables import OCTOBER, give_accounts, line, take
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid, NotFound

IBAN = "DE89370400440532013000"


@pytest.fixture
def association(heideblick, luckau):
    with context.enter_association():
        give_accounts(heideblick, luckau)
        yield


def exported(profile="hkr-csv"):
    return export(month=OCTOBER, profile=profile, by=SYSTEM, at=clock.now())


def lines_of(batch: PostingBatch) -> list[list[str]]:
    return [row.split(";") for row in bytes(batch.content).decode("utf-8-sig").splitlines()[1:]]


@pytest.fixture
def datev(association):
    definition = replace(SHIPPED["datev-extf"][1], consultant="29098", client="55003")
    return save_profile(slug="datev-extf", title="DATEV", definition=definition, by=SYSTEM, at=clock.now())


def test_document_is_exported_once_with_its_amounts(association, heideblick):
    item = take(heideblick)

    (batch,) = exported()

    assert batch.cents == item.cents == 11_900
    assert lines_of(batch) == [
        [
            item.number, "INVOICE", "12.11.2026", "14.12.2026", str(10_000 + heideblick.number), "8400", "11.1.05", "rz",
            str(heideblick.number), "119,00", "S", "100,00", "19,00", "3", "Rechenzentrum Heideblick", item.number,
            "2026-10", "", "",
        ]
    ]  # fmt: skip
    assert exported() == []
    assert PostingBatch.objects.count() == 1


def test_posting_names_the_mandate_of_its_direct_debit(association, heideblick, luckau, datev):
    """The accounts and the bank's file say the same, also once the member has another mandate."""
    set_creditor(name="V", iban=IBAN, identifier="DE98ZZZ09999999999", by=SYSTEM, at=clock.now())
    _mandate("M-1")
    owed = take(heideblick, issued_on=date(2026, 11, 12), due_on=date(2026, 11, 13))
    (file,) = collect(collect_on=date(2099, 1, 5), by=SYSTEM, at=clock.now())
    end_mandate(reference="M-1", on=date(2026, 11, 20), by=SYSTEM, at=clock.now())
    _mandate("M-2")
    later, back = take(heideblick), take(heideblick, line(-100, 0), kind=DocumentKind.CORRECTION)
    other = take(luckau)

    (batch,) = exported()
    (extf,) = exported("datev-extf")

    expected = {owed.number: "M-1", later.number: "M-2", back.number: "", other.number: ""}
    assert {row[0]: row[-1] for row in lines_of(batch)} == expected
    assert "<MndtId>M-1</MndtId>" in file.content
    rows = [row.split(";") for row in bytes(extf.content).decode("cp1252").split("\r\n")[2:-1]]
    assert {row[10].strip('"'): row[104].strip('"') for row in rows} == expected


def _mandate(reference: str) -> None:
    enter_mandate(
        slug="heideblick", reference=reference, scheme="CORE", signed_on=date(2026, 1, 5), holder="", iban=IBAN,
        by=SYSTEM, at=clock.now(),
    )  # fmt: skip


def test_late_document_is_a_file_of_its_own(association, heideblick):
    take(heideblick)
    exported()
    late = take(heideblick, line(500, 0, regime="CSG"))

    (batch,) = exported()

    assert [row[0] for row in lines_of(batch)] == [late.number]


def test_each_posting_period_is_a_file(association, heideblick):
    take(heideblick)
    take(heideblick, issued_on=date(2027, 1, 4), due_on=date(2027, 2, 1))

    batches = exported()

    assert [batch.month for batch in batches] == [date(2026, 11, 1), date(2027, 1, 1)]


def test_regimes_and_services_are_postings_of_their_own_and_sum_to_the_document(association, heideblick):
    item = take(
        heideblick,
        line(),
        line(300, 57),
        line(700, 0, regime="CSG"),
        line(-100, 0, regime="CSG", service="web"),
    )

    (batch,) = exported()

    assert [(row[5], row[7], row[9], row[10]) for row in lines_of(batch)] == [
        ("8400", "rz", "122,57", "S"),
        ("8100", "rz", "7,00", "S"),
        ("8100", "web", "1,00", "H"),
    ]
    assert batch.cents == item.cents


def test_claims_taken_over_are_not_booked_again(association, heideblick):
    take(heideblick, kind=DocumentKind.OPENING, month=None)

    assert exported() == []


def test_datev_file_is_the_same_when_it_is_fetched_again(datev, heideblick):
    take(heideblick)

    (batch,) = exported("datev-extf")

    again = batch_of(batch.pk)
    assert bytes(again.content) == bytes(batch.content)
    assert batch.filename.startswith("EXTF_datev-extf_2026-11_")
    assert bytes(batch.content).startswith(b'"EXTF";700;21;"Buchungsstapel";13;')
    assert bytes(batch.content).count(b"\r\n") == 3


def test_profile_without_numbers_is_refused_and_nothing_is_kept(association, heideblick):
    take(heideblick)

    with pytest.raises(Invalid) as refused:
        exported("datev-extf")

    assert refused.value.fields.keys() == {"consultant"}
    assert (PostingBatch.objects.count(), PostedItem.objects.count()) == (0, 0)


def test_missing_accounts_are_all_named_with_the_way_out(heideblick, luckau):
    with context.enter_association():
        take(heideblick)
        take(luckau, line(regime="LEVY", tax_cents=0))

        with pytest.raises(Invalid) as refused:
            exported()

    assert refused.value.fields.keys() == {"member.heideblick", "member.luckau", "income.STD", "income.LEVY"}
    assert "verbund billing account --member heideblick" in refused.value.message


def test_income_of_one_service_comes_before_the_general_account(association, heideblick):
    from billing.postings.accounts import set_income_account

    set_income_account(
        regime="STD", service="rz", account="8401", tax_key="", product="", by=SYSTEM, at=clock.now()
    )
    take(heideblick, line(), line(service="web"))

    (batch,) = exported()

    assert [row[5] for row in lines_of(batch)] == ["8401", "8400"]


def test_preview_writes_nothing(association, heideblick):
    take(heideblick)

    (file,) = preview(month=OCTOBER, profile="hkr-csv", exported_by="", at=clock.now())

    assert (file.postings, file.cents) == (1, 11_900)
    assert not PostingBatch.objects.exists()


def test_unknown_profile_names_those_there_are(association):
    with pytest.raises(NotFound, match="datev-extf, hkr-csv"):
        exported("sap")


def test_changed_profile_reads_back_as_it_was_saved(association):
    shipped = SHIPPED["hkr-csv"][1]
    changed = replace(shipped, mapping=replace(shipped.mapping, columns=shipped.mapping.columns[:2]))
    save_profile(slug="kasse", title="Kasse", definition=changed, by=SYSTEM, at=clock.now())

    assert profile_of("kasse").definition == changed
    assert [profile.slug for profile in profiles()] == ["datev-extf", "hkr-csv", "kasse"]


def test_profile_that_does_not_hold_is_refused_by_field(association):
    shipped = SHIPPED["hkr-csv"][1]
    broken = replace(shipped, mapping=replace(shipped.mapping, encoding="x"))

    with pytest.raises(Invalid) as refused:
        save_profile(slug="kasse", title=" ", definition=broken, by=SYSTEM, at=clock.now())

    assert refused.value.fields.keys() == {"title", "encoding"}
    assert asdict(profile_of("hkr-csv").definition) == asdict(shipped)


@pytest.fixture
def run(capsys):
    """The command as the command line calls it: exit status and output."""

    def call(*arguments):
        parser = argparse.ArgumentParser()
        period_commands.register(parser.add_subparsers())
        options = parser.parse_args(["billing", *arguments])
        return options.run(options), capsys.readouterr().out

    return call


def test_command_writes_files_and_says_so(heideblick, run, tmp_path):
    with context.enter_association():
        take(heideblick)
    out = ("--out", str(tmp_path), "--profile", "hkr-csv")
    for arguments in (
        ("--member", "heideblick", "--account", "10001"),
        ("--regime", "STD", "--account", "8400", "--tax-key", "3"),
    ):
        assert run("account", *arguments) == (0, "Das Konto ist eingetragen.\n")

    dry = json.loads(run("export", "--period", "2026-10", "--dry-run", "--json", *out)[1])
    made = json.loads(run("export", "--period", "2026-10", "--json", *out)[1])
    _status, nothing = run("export", "--period", "2026-10", *out)

    (file,) = made["files"]
    content = (tmp_path / file["file"]).read_bytes()
    assert (dry["dry_run"], dry["files"][0]["sha256"], dry["files"][0]["batch"]) == (
        True,
        file["sha256"],
        None,
    )
    assert "Nichts Neues" in nothing
    (tmp_path / file["file"]).unlink()
    run("export", "--batch", str(file["batch"]), "--out", str(tmp_path))
    assert (tmp_path / file["file"]).read_bytes() == content


def test_command_without_a_month_is_refused(heideblick, run):
    with pytest.raises(Invalid, match="period"):
        run("export")
