import Foundation
import Glibc
import HoldCore
import Testing

/// `claim`, `release`, `snooze`, `note` and `handoff` against a live service, by one person and by two.
@OffStage struct CourtesyVerbTests {
    private func stage() throws -> (Stage, Netcat) {
        let stage = try Stage()
        try stage.serve()
        return (stage, try stage.agent())
    }

    @Test func `a claim and a snooze outlive a power cut; a claim ends when it is given up`() throws
    {
        let (stage, agent) = try stage()
        _ = try agent.propose("w", "delete_production_data")
        _ = try agent.propose("v", "delete_production_data")
        let until = try stage.json("snooze", "2", "--minutes", "9")["until"]
        let claimed = try stage.run("claim", "1", "--minutes", "5")
        #expect(claimed.code == 0 && claimed.out.hasPrefix("1 is claimed by "), "\(claimed)")
        try stage.killAndServe()
        #expect(try stage.json("list", "--snoozed").list.last?["snoozed_until"] == until)
        let item = try stage.item("w")
        #expect(item["claimed_by"]?.text != nil && item["claimed_until"]?.text != nil)
        #expect(try stage.run("show", "1").out.contains("claimed"))
        let released = try stage.run("release", "w:w/1")
        #expect(released.out == "1 is claimed by nobody.\n", "\(released)")
        #expect(try stage.json("claim", "1")["claimed_until"]?.text != nil)
        #expect(try stage.json("release", "1") == ["claimed_by": .null])
        #expect(try stage.run("claim", "1", "--minutes", "0").code == 64)
        #expect(try stage.run("claim", "7").code == 1)
    }

    @Test func `what is snoozed is out of the list, which says so`() throws {
        let (stage, agent) = try stage()
        _ = try agent.propose("w", "delete_production_data")
        let snoozed = try stage.run("snooze", "1", "--minutes", "60")
        #expect(snoozed.code == 0 && snoozed.out.contains("out of your sight until"), "\(snoozed)")
        let list = try stage.run("list")
        #expect(list.out.isEmpty && list.err.contains("1 snoozed by you"), "\(list)")
        #expect(try stage.json("list").list.isEmpty)
        let item = try #require(try stage.json("list", "--snoozed").list.first)
        #expect(item["snoozed_until"]?.text != nil)
        #expect(try stage.run("snooze", "1", "--minutes", "0").out.contains("back in your sight"))
        #expect(try stage.json("list").list.count == 1)
        #expect(try stage.run("snooze", "1").code == 64)
        #expect(try stage.run("snooze", "1", "--minutes", "-1").code == 64)
    }

    @Test func `a note is shown, and a hand-off tells all of it`() throws {
        let (stage, agent) = try stage()
        _ = try agent.propose("w", "delete_production_data")
        _ = try agent.propose("v", "delete_production_data")
        #expect(try stage.run("note", "1", "unused since March").code == 0)
        #expect(try stage.run("show", "1").out.contains("┊ unused since March"))
        #expect(try stage.run("note", "1", " ").code == 64)
        #expect(try stage.run("claim", "1").code == 0)
        #expect(try stage.run("snooze", "2", "--minutes", "3").code == 0)
        let handoff = try stage.run("handoff", "--note", "back at 9\u{1B}[2J")
        #expect(handoff.code == 0, "\(handoff)")
        for wanted in ["2 items are pending, 2 urgent", "claimed by", "snoozed by", "┊ back at 9"] {
            #expect(handoff.out.contains(wanted), "\(wanted): \(handoff.out)")
        }
        #expect(!handoff.out.contains("\u{1B}"))
        let json = try stage.json("handoff")
        #expect(json["notes"]?.list.first?["text"]?.text == "back at 9\u{1B}[2J")
        #expect(json["claimed"]?.list.count == 1 && json["snoozed"]?.list.count == 1)
        #expect(json["counts"]?["claimed"] == 1)
        try stage.reject("w")
        for verb in [["claim", "1"], ["snooze", "1", "--minutes", "1"], ["note", "1", "late"]] {
            #expect(try stage.command(verb).code == 13, "\(verb)")
        }
        #expect(try stage.json("audit", "verify")["ok"] == true)
    }

    @Test func `without a service they end with 69`() throws {
        let stage = try Stage()
        for verb in [
            ["claim", "1"], ["release", "1"], ["snooze", "1", "--minutes", "1"],
            ["note", "1", "x"], ["handoff"],
        ] {
            #expect(try stage.command(verb).code == 69, "\(verb)")
        }
    }

    @Test(.enabled(if: StuckChainTests.obstacle == nil, "\(StuckChainTests.obstacle ?? "")"))
    func `two people know of each other, and who asks is none of them`() throws {
        let (ann, ben) = (StuckChainTests.ann, StuckChainTests.ben)
        let stage = try Stage()
        try stage.shareSockets()
        try stage.serve()
        _ = try stage.agent().propose("w", "delete_production_data")

        #expect(try stage.run(as: ann, "claim", "1").code == 0)
        let second = try stage.run(as: ben, "claim", "1", "--json")
        let error = try second.json()["error"]
        #expect(second.code == 1 && error?["code"] == "conflict", "\(second)")
        #expect(error?["data"]?["claimed_by"] != nil && error?["data"]?["claimed_until"] != nil)
        #expect(try stage.run(as: ben, "release", "1").code == 1)
        // The agent is of the account that runs this.
        for verb in [["claim", "1"], ["snooze", "1", "--minutes", "1"], ["note", "1", "mine"]] {
            #expect(try stage.command(verb).code == 77, "\(verb)")
        }

        #expect(try stage.run(as: ben, "snooze", "1", "--minutes", "3").code == 0)
        #expect(try stage.run(as: ben, "list").out.isEmpty)
        #expect(try stage.run(as: ann, "list").out.contains("w:w/1"))
        // A claim keeps nobody from deciding.
        let decided = try stage.run(as: ben, "reject", "1", "--reason", "no")
        #expect(decided.code == 0, "\(decided)")
        #expect(try stage.json("handoff")["counts"]?["claimed"] == 0)
    }
}
