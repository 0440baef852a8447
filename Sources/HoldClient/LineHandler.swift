import HoldWire
import NIOCore

/// One connection's bytes as messages; everything here runs on its event loop, in order.
final class LineHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var decoder: LineDecoder
    private var cause = "the service closed the connection"
    private let deliver: @Sendable (RPCMessage) -> Void
    private let ended: @Sendable (String) -> Void

    init(
        lineBytesMax: Int,
        deliver: @escaping @Sendable (RPCMessage) -> Void,
        ended: @escaping @Sendable (String) -> Void
    ) {
        decoder = LineDecoder(limit: lineBytesMax)
        self.deliver = deliver
        self.ended = ended
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.append(unwrapInboundIn(data).readableBytesView)
        do {
            while let line = try decoder.next() {
                if !line.isEmpty { deliver(try RPCMessage(line: line, limits: .answers)) }
            }
        } catch let malformed as MalformedMessage {
            end("what came is not the protocol: \(malformed.error.message)", context)
        } catch {
            end("what came is not the protocol: \(error)", context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end("the connection failed: \(error)", context)
    }

    func channelInactive(context: ChannelHandlerContext) { ended(cause) }

    private func end(_ cause: String, _ context: ChannelHandlerContext) {
        self.cause = cause
        context.close(promise: nil)
    }
}
