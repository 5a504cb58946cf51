import TextKitCorpus

/// Files of labeled texts for one test.
struct LabeledSample {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The documents of a file with this content, as text and labels.
  func documents(
    _ content: String, name: String = "a.txt", _ format: LabeledFormat?,
    _ change: (inout LabeledOptions) -> Void = { _ in }
  ) throws -> [LabeledDocument] {
    try documents(Array(content.utf8), name: name, format, change)
  }

  func documents(
    _ content: [UInt8], name: String = "a.txt", _ format: LabeledFormat?,
    _ change: (inout LabeledOptions) -> Void = { _ in }
  ) throws -> [LabeledDocument] {
    var options = LabeledOptions()
    change(&options)
    return try LabeledCorpus(contentsOf: folder.file(name, content), format: format, options: options).documents
  }

  /// What reading such a file complains about: `line: expected …, found …`.
  func complaint(
    _ content: String, name: String = "a.txt", _ format: LabeledFormat?,
    _ change: (inout LabeledOptions) -> Void = { _ in }
  ) throws -> String {
    try complaint(Array(content.utf8), name: name, format, change)
  }

  func complaint(
    _ content: [UInt8], name: String = "a.txt", _ format: LabeledFormat?,
    _ change: (inout LabeledOptions) -> Void = { _ in }
  ) throws -> String {
    do {
      return "none, but \(try documents(content, name: name, format, change).count) documents"
    } catch let error as CorpusError {
      return "\(error.line.map(String.init) ?? "-"): expected \(error.expected), found \(error.found)"
    }
  }
}

extension [LabeledDocument] {
  /// `label+label|text` of each.
  var brief: [String] { map { $0.labels.joined(separator: "+") + "|" + $0.text } }
}
