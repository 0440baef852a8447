public import HoldCore

/// Opens a connection, on either socket; must come first.
public enum SessionOpen: WireMethod {
    /// The name on the wire.
    public static let method = "session.open"

    /// The protocol and who speaks it.
    public struct Params: WireParams {
        /// `holdshort/1`.
        public var `protocol`: String
        /// The program at this end.
        public var client: WireParty

        /// Puts the parameters together.
        public init(`protocol`: String, client: WireParty) {
            self.`protocol` = `protocol`
            self.client = client
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try client.name.checkId("client.name")
        }
    }

    /// What the service is, and who it takes the caller for.
    public struct Reply: Codable, Hashable, Sendable {
        /// The protocol that is spoken from now on.
        public var `protocol`: String
        /// The service.
        public var service: WireParty
        /// The caller, as the kernel reports it.
        public var peer: WirePeer
        /// The manifest in force; null when there is none.
        public var manifest: Digest?
        /// What the connection may ask for.
        public var limits: WireLimits
        /// Whether requester and reviewer are kept apart.
        public var separation: Separation?

        /// Puts the parts together.
        public init(
            `protocol`: String,
            service: WireParty,
            peer: WirePeer,
            manifest: Digest? = nil,
            limits: WireLimits,
            separation: Separation? = nil
        ) {
            self.`protocol` = `protocol`
            self.service = service
            self.peer = peer
            self.manifest = manifest
            self.limits = limits
            self.separation = separation
        }

        /// Writes absent values of fixed fields as null, so that they are always there.
        public func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.encode(`protocol`, forKey: .`protocol`)
            try fields.encode(service, forKey: .service)
            try fields.encode(peer, forKey: .peer)
            try fields.encode(manifest, forKey: .manifest)
            try fields.encode(limits, forKey: .limits)
            try fields.encodeIfPresent(separation, forKey: .separation)
        }
    }
}
