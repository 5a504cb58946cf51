import Foundation
import Synchronization
import TextKit
import TextKitCommandLine
import TextKitTensor

/// `textkit vectors train`
struct TrainVectorsCommand: Command {
  static let input = Option("input", value: "file", required: Path.self, help: "x")
  static let output = Option("output", short: "o", value: "file", required: Path.self, help: "x")
  static let set = Option("set", value: "key=value", repeated: String.self, help: "x")
  static let threads = Option("threads", short: "j", value: "count", default: 2, in: 1...256, help: "x")
  static let description = CommandDescription(
    name: "train", summary: "Train", discussion: [], options: [input, output, set, threads], examples: [])
  let arguments: ParsedArguments
  init(arguments: ParsedArguments) throws { self.arguments = arguments }
  func run(in context: CommandContext) throws {
    let configuration = try ConfigurationLoader.load(Word2VecConfiguration.self, overrides: arguments[Self.set])
    let clock = ContinuousClock()
    var t = clock.now
    let corpus = try TokenCorpus(path: arguments[Self.input].text, minimumCount: 5)
    try context.diagnostics.write("corpus \(clock.now - t) vocab \(corpus.counts.count)\n")
    t = clock.now
    let trainer = Word2VecTrainer(corpus, configuration, threads: arguments[Self.threads])
    try context.diagnostics.write("setup \(clock.now - t)\n")
    t = clock.now
    var position = Word2VecPosition()
    let last = Mutex(Word2VecPosition())
    while position.epoch < configuration.epochs {
      trainer.run(from: &position, shouldStop: { false }) { p in last.withLock { $0 = p } }
      let p = last.withLock { $0 }
      try context.diagnostics.write("epoch \(p.epoch) loss \(p.loss / Double(p.pairs)) pairs \(p.pairs) \(clock.now - t)\n")
    }
    var bytes = Array("\(corpus.counts.count) \(configuration.dimension)\n".utf8)
    for (n, w) in corpus.words.enumerated() {
      bytes += w
      bytes += [0x20]
      bytes += Array(trainer.inputs.row(n).map { "\($0)" }.joined(separator: " ").utf8)
      bytes += [0x0A]
    }
    try Data(bytes).write(to: arguments[Self.output].url)
  }
}
