/// Manifests that stand for the two ends: the least that is valid, and one with everything in it.
enum ManifestFixtures {
    /// Three actions and nothing else.
    static let least = """
        actions:
          delete_production_data:
            approval_required: true
            blocking: true            # Sync — agent waits
            timeout_minutes: 15
            undo_operation: null       # Can't undo, so must block

          provision_test_environment:
            approval_required: true
            blocking: false           # Async — agent continues
            timeout_minutes: 60
            undo_operation: "destroy_environment"

          update_crm_record:
            approval_required: false
            blocking: false           # Autonomous
            audit_log: true
        """

    /// Every section and nearly every key.
    static let full = """
        version: 1

        defaults:                       # for every action that does not say otherwise
          timeout_minutes: 15           # may be fractional: 0.5
          max_async_depth: 5
          run_within_minutes: 60        # an approval not used by then is void
          open_items_per_agent: 100     # beyond: too_many, with when to come back
          warn_at: 0.5                  # share of the time gone when colleagues are warned
          escalation: [primary, secondary]
          unlisted_action: block        # or: refuse
          separate_requester: true      # who asked may not decide

        roles:                          # names of this file → accounts of this host
          primary:   { groups: [oncall] }
          secondary: { users: [bo, chandra], groups: [sre-leads] }
          dba:       { users: [dee] }

        actions:
          delete_production_data:
            description: Drops rows or tables in production
            approval_required: true
            blocking: true
            timeout_minutes: 15
            undo_operation: null        # cannot be undone, so must block
            approvals: 2                # two different people
            escalation:                 # own path: role and minutes a tier
              - { to: dba, minutes: 10 }
              - { to: secondary, minutes: 5 }
            confirm: type               # none | key | type: the reviewer types the action's name
            redact: [password, "*.token"]   # argument paths never in clear

          provision_test_environment:
            approval_required: true
            blocking: false
            timeout_minutes: 60
            undo_operation: destroy_environment
            undo_drill_days: 30         # async only while the undo has been proven this recently
            modify: direct              # direct | reapprove | forbid
            independent_of: [create_draft_report]   # their rejection does not undo this one

          execute_transaction:
            approval_required: true
            blocking: false
            undo_operation: refund
            risk_threshold: 0.85        # risk at or above: approval required and blocking
            queue: payments             # which queue it lands in
            rules:                      # first match wins; overrides the keys above
              - name: small
                when: { amount: { lt: 50 } }
                approval_required: false
                sample: 0.05            # share of autonomous runs put up for after-the-fact review
              - name: material
                when: { any: [ { amount: { gt: 5000 } }, { currency: { not_in: [EUR, USD] } } ] }
                blocking: true
                undo_operation: null

          read_dashboard:
            approval_required: false
            side_effects: false         # reads only: never waits, never enters an undo chain

        operations:                     # how an undo runs: named by the operator, never by an agent
          destroy_environment:
            run: [/opt/ops/destroy-env, --json]   # no shell; JSON on standard input
            timeout_seconds: 60
            retries: 5
            backoff_seconds: 2          # doubled each time, with jitter, at most 5 minutes
            drill: [/opt/ops/create-env, --drill]
          refund: { agent: true, executor_wait_seconds: 30 }

        notify:                         # JSON on standard input
          - { on: [item_opened, escalated, undo_stuck], role: primary, run: [/opt/ops/page] }

        resume:                         # what to start when a decision lands and the agent is gone
          deploy-agent: { run: [/opt/agents/deploy, --resume, "{workflow}"] }
        """
}
