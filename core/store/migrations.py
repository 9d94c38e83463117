"""The schema, step by step. A released step is frozen: plain SQL only, nothing imported from the model.

Dates are ISO text, times local ISO text with seconds, booleans 0 or 1, lists JSON text.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

STEPS = Migrations("taizhang")


@STEPS()
def m0001_plans(db: Database) -> None:
    """方案 with sections, tasks, measures, deadlines, targets; what a reading was not sure of."""
    _run(
        db,
        """
        CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE plan (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            position INTEGER NOT NULL,
            title TEXT NOT NULL,
            date TEXT,
            document TEXT NOT NULL CHECK (json_valid(document))
        ) STRICT;
        CREATE TABLE section (
            id INTEGER PRIMARY KEY,
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            no INTEGER NOT NULL,
            label TEXT NOT NULL,
            title TEXT NOT NULL,
            declared_count INTEGER,
            UNIQUE (plan_id, no)
        ) STRICT;
        CREATE TABLE task (
            id INTEGER PRIMARY KEY,
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            no INTEGER NOT NULL,
            section_no INTEGER,
            label TEXT NOT NULL,
            title TEXT NOT NULL,
            UNIQUE (plan_id, no)
        ) STRICT;
        CREATE TABLE measure (
            id INTEGER PRIMARY KEY,
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            no INTEGER NOT NULL,
            label TEXT NOT NULL,
            section_no INTEGER,
            task_no INTEGER,
            text TEXT NOT NULL,
            division_raw TEXT,
            deadline_raw TEXT,
            source TEXT NOT NULL,
            to_verify INTEGER NOT NULL,
            note TEXT,
            UNIQUE (plan_id, no)
        ) STRICT;
        CREATE TABLE deadline (
            measure_id INTEGER NOT NULL REFERENCES measure(id),
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            date TEXT,
            recur TEXT,
            scope TEXT,
            PRIMARY KEY (measure_id, position)
        ) STRICT;
        CREATE TABLE target (
            measure_id INTEGER NOT NULL REFERENCES measure(id),
            position INTEGER NOT NULL,
            text TEXT NOT NULL,
            metric TEXT,
            op TEXT,
            value REAL,
            unit TEXT,
            period TEXT,
            PRIMARY KEY (measure_id, position)
        ) STRICT;
        CREATE TABLE plan_problem (
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            position INTEGER NOT NULL,
            place TEXT NOT NULL,
            severity TEXT NOT NULL,
            what TEXT NOT NULL,
            PRIMARY KEY (plan_id, position)
        ) STRICT;
        """,
    )


@STEPS()
def m0002_units(db: Database) -> None:
    """单位 and 单位集合, the printed names of each measure, and 责任事项.

    An obligation that a change of a group takes away stays as a row that is not active: its history is kept.
    """
    _run(
        db,
        """
        CREATE TABLE unit (
            id INTEGER PRIMARY KEY,
            position INTEGER NOT NULL,
            name TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            is_group INTEGER NOT NULL,
            incomplete INTEGER NOT NULL,
            to_verify INTEGER NOT NULL,
            contact TEXT,
            phone TEXT,
            mail TEXT
        ) STRICT;
        CREATE TABLE unit_alias (
            alias TEXT PRIMARY KEY,
            unit_id INTEGER NOT NULL REFERENCES unit(id)
        ) STRICT;
        CREATE TABLE group_member (
            group_id INTEGER NOT NULL REFERENCES unit(id),
            position INTEGER NOT NULL,
            unit_id INTEGER NOT NULL REFERENCES unit(id),
            PRIMARY KEY (group_id, unit_id)
        ) STRICT;
        CREATE TABLE division (
            measure_id INTEGER NOT NULL REFERENCES measure(id),
            role TEXT NOT NULL,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (measure_id, role, position)
        ) STRICT;
        CREATE TABLE obligation (
            id INTEGER PRIMARY KEY,
            measure_id INTEGER NOT NULL REFERENCES measure(id),
            unit_id INTEGER NOT NULL REFERENCES unit(id),
            role TEXT NOT NULL,
            is_group INTEGER NOT NULL,
            via TEXT NOT NULL,
            position INTEGER NOT NULL,
            active INTEGER NOT NULL,
            UNIQUE (measure_id, unit_id)
        ) STRICT;
        CREATE INDEX obligation_unit ON obligation(unit_id);
        """,
    )


@STEPS()
def m0003_progress(db: Database) -> None:
    """报送期, 进展 (one a obligation, period and part) and input that could not be saved yet."""
    _run(
        db,
        """
        CREATE TABLE period (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            first_day TEXT NOT NULL,
            last_day TEXT NOT NULL,
            cut_off TEXT NOT NULL
        ) STRICT;
        CREATE TABLE progress (
            id INTEGER PRIMARY KEY,
            obligation_id INTEGER NOT NULL REFERENCES obligation(id),
            period_id INTEGER NOT NULL REFERENCES period(id),
            part TEXT NOT NULL,
            state TEXT NOT NULL,
            done_on TEXT,
            text TEXT NOT NULL,
            problems TEXT NOT NULL,
            next_steps TEXT NOT NULL,
            reason TEXT NOT NULL,
            review TEXT NOT NULL,
            saved_at TEXT NOT NULL,
            UNIQUE (obligation_id, period_id, part)
        ) STRICT;
        CREATE TABLE draft (
            obligation_id INTEGER NOT NULL REFERENCES obligation(id),
            period_key TEXT NOT NULL,
            part TEXT NOT NULL,
            value TEXT NOT NULL CHECK (json_valid(value)),
            kept_at TEXT NOT NULL,
            PRIMARY KEY (obligation_id, period_key, part)
        ) STRICT;
        """,
    )


@STEPS()
def m0004_evidence(db: Database) -> None:
    """佐证材料: a file once, linked to many progress records. The files lie beside the ledger file."""
    _run(
        db,
        """
        CREATE TABLE evidence (
            id INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL UNIQUE,
            size INTEGER NOT NULL,
            name TEXT NOT NULL,
            title TEXT NOT NULL,
            number TEXT,
            category TEXT NOT NULL,
            proves_on TEXT,
            received_on TEXT NOT NULL,
            pages INTEGER
        ) STRICT;
        CREATE TABLE progress_evidence (
            progress_id INTEGER NOT NULL REFERENCES progress(id),
            evidence_id INTEGER NOT NULL REFERENCES evidence(id),
            position INTEGER NOT NULL,
            PRIMARY KEY (progress_id, evidence_id)
        ) STRICT;
        CREATE INDEX progress_evidence_file ON progress_evidence(evidence_id);
        """,
    )


@STEPS()
def m0005_journal(db: Database) -> None:
    """操作日志: append-only, each row's hash covers the row before it."""
    _run(
        db,
        """
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            measure_id INTEGER REFERENCES measure(id),
            before TEXT,
            after TEXT,
            reason TEXT,
            previous TEXT NOT NULL,
            hash TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE INDEX journal_measure ON journal(measure_id);
        CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER journal_keeps_text BEFORE UPDATE ON journal
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        """,
    )


@STEPS()
def m0006_plan_source(db: Database) -> None:
    """The documents that plans were read from; they lie beside the ledger file like evidence."""
    _run(
        db,
        """
        CREATE TABLE plan_source (
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            sha256 TEXT NOT NULL,
            size INTEGER NOT NULL,
            name TEXT NOT NULL,
            read_at TEXT NOT NULL,
            PRIMARY KEY (plan_id, sha256)
        ) STRICT;
        """,
    )


@STEPS()
def m0007_adjustment(db: Database) -> None:
    """调整 with what was before; measures that leave their plan.

    Such a measure keeps its row: ``last_no`` is the number it had, ``no`` the negative row number, which no other
    measure has, and ``merged_into`` the measure it went on in.
    """
    _run(
        db,
        """
        ALTER TABLE measure ADD COLUMN last_no INTEGER;
        ALTER TABLE measure ADD COLUMN merged_into INTEGER REFERENCES measure(id);
        CREATE TABLE adjustment (
            id INTEGER PRIMARY KEY,
            measure_id INTEGER NOT NULL REFERENCES measure(id),
            obligation_id INTEGER REFERENCES obligation(id),
            what TEXT NOT NULL,
            before TEXT NOT NULL CHECK (json_valid(before)),
            after TEXT NOT NULL CHECK (json_valid(after)),
            basis TEXT NOT NULL CHECK (basis <> ''),
            reason TEXT NOT NULL,
            at TEXT NOT NULL,
            who TEXT NOT NULL
        ) STRICT;
        CREATE INDEX adjustment_measure ON adjustment(measure_id);
        """,
    )


@STEPS()
def m0008_review(db: Database) -> None:
    """审核 and where an entry came from; what was reached of the targets; 异议 of a unit with our answer."""
    _run(
        db,
        """
        ALTER TABLE progress ADD COLUMN said_by TEXT;
        ALTER TABLE progress ADD COLUMN came_by TEXT NOT NULL DEFAULT '填报';
        ALTER TABLE progress ADD COLUMN received_on TEXT;
        ALTER TABLE progress ADD COLUMN reviewed_at TEXT;
        ALTER TABLE progress ADD COLUMN reviewed_by TEXT;
        ALTER TABLE progress ADD COLUMN review_reason TEXT;
        ALTER TABLE progress ADD COLUMN times_returned INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX progress_unsettled ON progress(review, saved_at) WHERE review <> '通过';
        UPDATE progress SET received_on = substr(saved_at, 1, 10);
        CREATE TABLE progress_target (
            progress_id INTEGER NOT NULL REFERENCES progress(id),
            position INTEGER NOT NULL,
            target TEXT NOT NULL,
            value REAL,
            note TEXT NOT NULL,
            PRIMARY KEY (progress_id, position)
        ) STRICT;
        CREATE TABLE objection (
            id INTEGER PRIMARY KEY,
            obligation_id INTEGER NOT NULL REFERENCES obligation(id),
            kind TEXT NOT NULL,
            text TEXT NOT NULL CHECK (text <> ''),
            raised_on TEXT NOT NULL,
            answer TEXT,
            outcome TEXT,
            answered_on TEXT
        ) STRICT;
        CREATE INDEX objection_obligation ON objection(obligation_id);
        """,
    )


@STEPS()
def m0009_units_over_time(db: Database) -> None:
    """单位 with full name; those that left or went into another keep their row; exceptions of a collective."""
    _run(
        db,
        """
        ALTER TABLE unit ADD COLUMN full_name TEXT;
        ALTER TABLE unit ADD COLUMN left_on TEXT;
        ALTER TABLE unit ADD COLUMN left_reason TEXT NOT NULL DEFAULT '';
        ALTER TABLE unit ADD COLUMN merged_into INTEGER REFERENCES unit(id);
        CREATE TABLE group_exception (
            group_id INTEGER NOT NULL REFERENCES unit(id),
            position INTEGER NOT NULL,
            unit_id INTEGER NOT NULL REFERENCES unit(id),
            reason TEXT NOT NULL,
            PRIMARY KEY (group_id, unit_id)
        ) STRICT;
        """,
    )


@STEPS()
def m0010_periods(db: Database) -> None:
    """What a period asks for; its figures as frozen, the last row counts; 报送 due upward; holidays."""
    _run(
        db,
        """
        ALTER TABLE period ADD COLUMN asks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(asks));
        CREATE TABLE frozen_period (
            id INTEGER PRIMARY KEY,
            period_id INTEGER NOT NULL REFERENCES period(id),
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            as_of TEXT NOT NULL,
            frozen_at TEXT NOT NULL,
            who TEXT NOT NULL,
            figures TEXT NOT NULL CHECK (json_valid(figures))
        ) STRICT;
        CREATE INDEX frozen_period_of ON frozen_period(period_id, plan_id);
        CREATE TABLE upward_report (
            id INTEGER PRIMARY KEY,
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            position INTEGER NOT NULL,
            what TEXT NOT NULL,
            who TEXT,
            due_on TEXT,
            due_text TEXT,
            addressee TEXT,
            period_id INTEGER REFERENCES period(id),
            sent_on TEXT,
            note TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE TABLE holiday (
            day TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            is_workday INTEGER NOT NULL
        ) STRICT;
        """,
    )


@STEPS()
def m0011_evidence_versions(db: Database) -> None:
    """A piece of evidence that takes the place of an older one; notes on it."""
    _run(
        db,
        """
        ALTER TABLE evidence ADD COLUMN replaces INTEGER REFERENCES evidence(id);
        ALTER TABLE evidence ADD COLUMN note TEXT NOT NULL DEFAULT '';
        """,
    )


@STEPS()
def m0012_meetings(db: Database) -> None:
    """会商机制: its members, its meetings, and what a meeting decided on measures."""
    _run(
        db,
        """
        CREATE TABLE meeting_member (
            id INTEGER PRIMARY KEY,
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            position INTEGER NOT NULL,
            unit TEXT NOT NULL,
            person TEXT,
            post TEXT,
            liaison TEXT,
            phone TEXT,
            left_on TEXT
        ) STRICT;
        CREATE TABLE meeting (
            id INTEGER PRIMARY KEY,
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            held_on TEXT NOT NULL,
            title TEXT NOT NULL,
            place TEXT NOT NULL,
            agenda TEXT NOT NULL,
            present TEXT NOT NULL,
            minutes_id INTEGER REFERENCES evidence(id)
        ) STRICT;
        CREATE TABLE meeting_decision (
            id INTEGER PRIMARY KEY,
            meeting_id INTEGER NOT NULL REFERENCES meeting(id),
            position INTEGER NOT NULL,
            measure_id INTEGER NOT NULL REFERENCES measure(id),
            text TEXT NOT NULL CHECK (text <> ''),
            due_on TEXT,
            withdrawn TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX meeting_decision_measure ON meeting_decision(measure_id);
        """,
    )


@STEPS()
def m0013_exchange(db: Database) -> None:
    """下发 by version, what came back as it came, 催办, mapped templates of a superior, what was sent upward."""
    _run(
        db,
        """
        CREATE TABLE dispatch (
            id INTEGER PRIMARY KEY,
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            period_id INTEGER NOT NULL REFERENCES period(id),
            unit_id INTEGER NOT NULL REFERENCES unit(id),
            version INTEGER NOT NULL,
            made_at TEXT NOT NULL,
            content_sha256 TEXT NOT NULL,
            file_sha256 TEXT NOT NULL,
            file_name TEXT NOT NULL,
            signed_by TEXT,
            signed_on TEXT,
            UNIQUE (plan_id, period_id, unit_id, version)
        ) STRICT;
        CREATE TABLE received_file (
            id INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL,
            size INTEGER NOT NULL,
            name TEXT NOT NULL,
            origin TEXT NOT NULL,
            received_at TEXT NOT NULL,
            kind TEXT NOT NULL,
            plan_id INTEGER REFERENCES plan(id),
            period_id INTEGER REFERENCES period(id),
            unit_id INTEGER REFERENCES unit(id),
            verdict TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (json_valid(outcome)),
            is_settled INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX received_file_sha ON received_file(sha256);
        CREATE TABLE reminder (
            id INTEGER PRIMARY KEY,
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            period_id INTEGER REFERENCES period(id),
            unit_id INTEGER NOT NULL REFERENCES unit(id),
            at TEXT NOT NULL,
            way TEXT NOT NULL,
            person TEXT NOT NULL,
            text TEXT NOT NULL,
            answer TEXT NOT NULL,
            promised_on TEXT
        ) STRICT;
        CREATE INDEX reminder_unit ON reminder(unit_id);
        CREATE TABLE template_mapping (
            id INTEGER PRIMARY KEY,
            signature TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            mapping TEXT NOT NULL CHECK (json_valid(mapping))
        ) STRICT;
        CREATE TABLE submission (
            id INTEGER PRIMARY KEY,
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            period_id INTEGER NOT NULL REFERENCES period(id),
            made_at TEXT NOT NULL,
            as_of TEXT NOT NULL,
            name TEXT NOT NULL,
            manifest TEXT NOT NULL CHECK (json_valid(manifest)),
            sent_on TEXT,
            sent_by TEXT NOT NULL
        ) STRICT;
        """,
    )


@STEPS()
def m0014_alignment(db: Database) -> None:
    """对照上级: what the clerk decided of one of our measures as the answer to one of a superior plan's.

    The superior plan is one of the file, or a bundled one (its key and the number there).
    """
    _run(
        db,
        """
        CREATE TABLE alignment (
            id INTEGER PRIMARY KEY,
            own_measure_id INTEGER NOT NULL REFERENCES measure(id),
            superior_measure_id INTEGER REFERENCES measure(id),
            bundled_key TEXT,
            bundled_no INTEGER,
            decision TEXT NOT NULL CHECK (decision IN ('accepted', 'added', 'rejected')),
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            CHECK ((superior_measure_id IS NULL) = (bundled_no IS NOT NULL)),
            CHECK ((bundled_key IS NULL) = (bundled_no IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX alignment_in_file ON alignment(own_measure_id, superior_measure_id);
        CREATE UNIQUE INDEX alignment_bundled ON alignment(own_measure_id, bundled_key, bundled_no);
        """,
    )


@STEPS()
def m0015_issued(db: Database) -> None:
    """发文登记: documents that left the office. ``content``: figures and rows as issued, zlib over JSON."""
    _run(
        db,
        """
        CREATE TABLE issued (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            plan_id INTEGER NOT NULL REFERENCES plan(id),
            period_id INTEGER REFERENCES period(id),
            unit_id INTEGER REFERENCES unit(id),
            as_of TEXT NOT NULL,
            number TEXT NOT NULL,
            title TEXT NOT NULL,
            recipient TEXT NOT NULL,
            issued_on TEXT NOT NULL,
            files TEXT NOT NULL CHECK (json_valid(files)),
            content BLOB NOT NULL,
            made_at TEXT NOT NULL,
            who TEXT NOT NULL,
            signed_on TEXT,
            signed_by TEXT NOT NULL,
            withdrawn_on TEXT,
            note TEXT NOT NULL
        ) STRICT;
        CREATE INDEX issued_plan ON issued(plan_id);
        CREATE UNIQUE INDEX issued_number ON issued(number) WHERE number <> '';
        """,
    )


@STEPS()
def m0016_own_template(db: Database) -> None:
    """本单位模板: an office's own Word file for a kind; one of a kind is in use, the others stay."""
    _run(
        db,
        """
        CREATE TABLE own_template (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            size INTEGER NOT NULL,
            added_on TEXT NOT NULL,
            is_used INTEGER NOT NULL CHECK (is_used IN (0, 1))
        ) STRICT;
        CREATE UNIQUE INDEX own_template_used ON own_template(kind) WHERE is_used;
        """,
    )


@STEPS()
def m0019_seals(db: Database) -> None:
    """A digest of each row as the program wrote it last, and how far the journal had come (core/store/seals.py)."""
    _run(
        db,
        """
        CREATE TABLE seal (
            table_name TEXT NOT NULL,
            row INTEGER NOT NULL,
            digest BLOB NOT NULL,
            at INTEGER NOT NULL,
            altered INTEGER NOT NULL,
            PRIMARY KEY (table_name, row)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE journal_end (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            written INTEGER NOT NULL,
            hash TEXT NOT NULL
        ) STRICT;
        """,
    )


def _run(db: Database, script: str) -> None:
    """Run statements one by one: sqlite3's executescript would commit the step's transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""
