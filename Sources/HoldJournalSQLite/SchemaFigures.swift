internal import GRDB
internal import HoldCore

/// The step that gave items what figures, the audit and filters by field look at.
enum SchemaFigures {
    /// Text as searches compare it, for rows that are there already.
    static let folded = DatabaseFunction("search_folded", argumentCount: 1, pure: true) { values in
        values.first.flatMap(String.fromDatabaseValue).map {
            SearchText.folded(StoredText.restored($0))
        }
    }

    static let step = """
        ALTER TABLE items ADD COLUMN names TEXT NOT NULL DEFAULT '';
        ALTER TABLE items ADD COLUMN modified INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE items ADD COLUMN escalations INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE items ADD COLUMN outcome TEXT;
        ALTER TABLE items ADD COLUMN began INTEGER;
        ALTER TABLE items ADD COLUMN finished INTEGER;
        ALTER TABLE items ADD COLUMN undo_state TEXT;
        ALTER TABLE workflows ADD COLUMN parked INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE workflows ADD COLUMN in_flight INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE workflows ADD COLUMN depth_max INTEGER NOT NULL DEFAULT 0;

        DROP INDEX open_by_urgency;
        DROP INDEX open_by_age;
        DROP INDEX open_by_risk;
        DROP INDEX open_by_agent;
        DROP INDEX open_by_action;
        UPDATE items SET
            search = char(1) || number || char(2) || search_folded(workflow)
                || char(3) || search_folded(step) || char(4) || search_folded(action)
                || char(5) || search_folded(agent)
                || char(6) || coalesce(search_folded(summary), '') || char(7),
            names = char(1) || search_folded(queue) || char(2) || search_folded(tier)
                || char(3) || coalesce(search_folded(decided_by), '') || char(4),
            modified = EXISTS (
                SELECT 1 FROM events AS e WHERE e.workflow = items.workflow
                    AND e.type = 'item_modified' AND json_extract(e.data, '$.step') = items.step),
            escalations = (
                SELECT count(*) FROM events AS e WHERE e.workflow = items.workflow
                    AND e.type = 'item_escalated' AND json_extract(e.data, '$.step') = items.step),
            outcome = (
                SELECT json_extract(e.data, '$.outcome') FROM events AS e
                WHERE e.workflow = items.workflow AND e.type = 'step_finished'
                    AND json_extract(e.data, '$.step') = items.step),
            began = (
                SELECT e.at FROM events AS e WHERE e.workflow = items.workflow
                    AND e.type = 'step_began' AND json_extract(e.data, '$.step') = items.step),
            finished = (
                SELECT e.at FROM events AS e WHERE e.workflow = items.workflow
                    AND e.type = 'step_finished' AND json_extract(e.data, '$.step') = items.step);
        UPDATE items SET undo_state = coalesce((
                SELECT CASE e.type WHEN 'undo_skipped' THEN 'skipped'
                    WHEN 'undo_resolved' THEN 'resolved' ELSE e.type END
                FROM events AS e WHERE e.workflow = items.workflow
                    AND e.type IN ('undo_started', 'undone', 'undo_failed', 'undo_skipped',
                        'undo_resolved')
                    AND json_extract(e.data, '$.step') = items.step
                ORDER BY e.version DESC LIMIT 1), 'recorded')
        WHERE undo_operation IS NOT NULL AND began IS NOT NULL;
        UPDATE workflows SET depth_max = depth;

        -- With all that filters look at beside the order, and with what makes a row open: a list
        -- reads no row that it does not show.
        CREATE INDEX open_by_urgency
            ON items (urgency, deadline, number, queue, search, names, risk_rank, risk, state, open)
            WHERE open = 1;
        CREATE INDEX open_by_age ON items (created, number, open) WHERE open = 1;
        CREATE INDEX open_by_risk ON items (risk_rank, risk DESC, number, open) WHERE open = 1;
        CREATE INDEX open_by_agent ON items (agent, number, open) WHERE open = 1;
        CREATE INDEX open_by_action ON items (action, number, open) WHERE open = 1;
        DROP INDEX open_by_workflow;
        CREATE INDEX open_by_workflow ON items (workflow, number, open) WHERE open = 1;
        CREATE INDEX items_by_step ON items (workflow, step);
        CREATE INDEX items_by_creation ON items (created, number);
        """
}
