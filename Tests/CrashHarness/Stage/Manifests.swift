/// The manifests that the modes run under.
enum Manifests {
    /// Everything that a workflow can meet, with chains that fail and get stuck.
    static let varied = manifest(runWithin: "0.05", retries: 3)
    /// Nothing falls due by itself, so that a recovery alone writes nothing.
    static let still = manifest(runWithin: "60", retries: 1000)

    private static func manifest(runWithin: String, retries: Int) -> String {
        """
        defaults:
          max_async_depth: 20
          open_items_per_agent: 1000000
          proposals_per_second: 1000000
          run_within_minutes: \(runWithin)
          escalation: [{ to: first, minutes: 30 }]
        actions:
          look: { approval_required: false, side_effects: false }
          note: { approval_required: false, undo_operation: put_back }
          build: { approval_required: true, blocking: false, undo_operation: put_back }
          ship:
            approval_required: true
            blocking: true
            undo_operation: put_back
            modify: direct
          wipe: { approval_required: true, blocking: true, undo_operation: null }
          brief:
            approval_required: true
            blocking: false
            undo_operation: put_back
            escalation: [{ to: first, minutes: 0.005 }, { to: second, minutes: 0.005 }]
          sticky: { approval_required: true, blocking: false, undo_operation: get_stuck }
          scripted: { approval_required: true, blocking: false, undo_operation: by_script }
        operations:
          put_back: { agent: true, retries: \(retries), backoff_seconds: 0.01 }
          get_stuck: { agent: true, retries: \(retries), backoff_seconds: 0.01 }
          by_script: { run: [ROOT/undo.sh], retries: \(retries), backoff_seconds: 0.01 }
        """
    }

    /// Every item has the same short time.
    static func brief(seconds: Double) -> String {
        """
        defaults:
          max_async_depth: 20
          open_items_per_agent: 1000000
          proposals_per_second: 1000000
        actions:
          brief:
            approval_required: true
            blocking: true
            undo_operation: null
            escalation: [{ to: first, minutes: \(seconds / 60) }]
        """
    }
}
