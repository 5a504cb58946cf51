import Foundation
import Testing
import TextKitModels

/// What is said where a model file is given to a command that needs another kind.
@Suite("Kinds of model files")
final class ModelKindTests {
  private let folder: URL

  init() throws { folder = try ProgramRun.folderWithCorpora() }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A kind of file, an entry that tells more of it, a command that doesn't take it, and what it is said to be.
  typealias Sample = (kind: String, tags: (key: String, value: String)?, command: String, use: String)

  private static let words = "B M E S"
  private static let entities = "O B-PER I-PER"
  private static let segmenter = "it is a segmenter, for 'textkit segment --model'"
  private static let recognizer = "it is a recognizer of entities, for 'textkit ner --model'"
  private static let state = "it is the state of an unfinished training, which goes on from it with --resume"
  private static let samples: [Sample] = [
    ("textkit.labeler", ("labeler.tags", words), "classify -m", segmenter),
    ("textkit.labeler", ("labeler.tags", entities), "classify -m", recognizer),
    ("textkit.crf", ("crf.tags", words), "classify -m", segmenter),
    ("textkit.crf", ("crf.tags", entities), "classify -m", recognizer),
    ("textkit.classifier", nil, "ner -m", "it is a classifier, for 'textkit classify --model'"),
    ("textkit.vectors", nil, "classify -m", "it is a file of vectors, for 'textkit vectors nearest'"),
    ("textkit.checkpoint", nil, "segment -m", state),
    ("textkit.vectors.checkpoint", nil, "classify -m", state),
    ("textkit.online.state", nil, "classify -m", state),
  ]

  /// Writes a file that says it is of a kind, and holds nothing of it.
  private func write(_ kind: String, _ tags: (key: String, value: String)?) throws {
    var writer = ModelFileWriter(kind: kind, version: 1)
    if let tags { writer.metadata[tags.key] = tags.value }
    writer.add("nothing", floats: [0], shape: [1])
    try writer.write(to: folder.appending(path: "model"))
  }

  @Test("each is told for what it is", arguments: samples.indices)
  func use(number: Int) throws {
    let sample = Self.samples[number]
    try write(sample.kind, sample.tags)
    let run = try ProgramRun("textkit \(sample.command) model", in: folder)
    #expect(run.code == 65 && run.diagnostics.contains("; \(sample.use)"), "\(run.diagnostics)")
  }

  @Test("a labeler over features is told for what it is by its tags")
  func features() throws {
    let training = "textkit -q train ner --labeler crf --train corpora/zh-ner/test.conll --set iterations=1 -o crf"
    let run = try ProgramRun("\(training) && textkit segment -m crf", in: folder)
    #expect(run.code == 65 && run.diagnostics.contains("; \(Self.recognizer)"), "\(run.diagnostics)")
  }

  @Test("what 'model convert' doesn't take gets its precision otherwise", arguments: samples.indices)
  func precision(number: Int) throws {
    let sample = Self.samples[number]
    let hints = [
      "textkit.crf": sample.use == Self.segmenter ? "of its 'textkit train segment'" : "of its 'textkit train ner'",
      "textkit.classifier": "has the setting 'precision'", "textkit.vectors": "'textkit vectors convert'",
    ]
    guard let hint = hints[sample.kind] else { return }
    try write(sample.kind, sample.tags)
    let run = try ProgramRun("textkit model convert model -o converted", in: folder)
    #expect(run.code == 65 && run.diagnostics.contains(hint), "\(run.diagnostics)")
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "converted").path))
  }

  @Test("none that the sources write is missing here")
  func complete() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var found: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/let \w*[kK]ind = "(textkit\.[a-z.]+)"/#) { found.insert(String(match.1)) }
    }
    // The name of the entry that holds the kind.
    found.remove("textkit.kind")
    #expect(found == Set(Self.samples.map(\.kind)))
  }
}
