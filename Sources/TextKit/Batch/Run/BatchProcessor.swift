import TextKitCorpus
import TextKitModels
import TextKitTensor

/// What became of a chunk.
struct BatchResult: Sendable {
  /// Whole records, each with its line end.
  var bytes: [UInt8] = []
  /// A document that is too long to be worked on at once; it is the only one of its chunk.
  var long: BatchDocument?
  /// Lines for the list of errors.
  var errors: [UInt8] = []
  var recordCount = 0
  var faultCount = 0
  /// What ends the run, behind the records that stand before it.
  var fault: CorpusError?
  var chunk: (byteCount: Int, end: BatchPosition, endsShard: Bool)
}

/// Turns chunks of documents into records.
struct BatchProcessor: Sendable {
  let tasks: [BatchTask]
  let options: BatchOptions
  private let parser: BatchParser
  /// For each task, what its value stands behind: `, "words": [`.
  private let openings: [[UInt8]]

  /// A text of more bytes is worked on a stretch at a time.
  static let longText = 1 << 20

  init(_ tasks: [BatchTask], _ options: BatchOptions) {
    self.tasks = tasks
    self.options = options
    let keys = tasks.map { options.prefix + $0.key }
    parser = BatchParser(options: options, keys: keys)
    openings = zip(tasks, keys).map { task, key in
      var opening = Array(", ".utf8)
      JSONText.append(ArraySlice(Array(key.utf8)), to: &opening)
      opening.append(contentsOf: (task.isSequence ? ": [" : ": ").utf8)
      return opening
    }
  }

  func result(_ chunk: BatchChunk) -> BatchResult {
    var result = BatchResult(chunk: (chunk.byteCount, chunk.end, chunk.endsShard))
    var documents: [Result<BatchDocument, CorpusError>] = []
    var texts = TextBlock()
    for record in chunk.records {
      do throws(CorpusError) {
        let document = try parser.document(record)
        if document.text.count > Self.longText, chunk.records.count == 1 {
          result.long = document
          result.recordCount = 1
          return result
        }
        texts.append(Array(document.bytes[document.text]))
        documents.append(.success(document))
      } catch {
        documents.append(.failure(error))
        if options.faults == .stop { break }
      }
    }
    let values = tasks.map { $0.values(texts, options.output, BatchPart()) }
    var line = 0
    for (document, record) in zip(documents, chunk.records) {
      switch document {
      case .success(let document):
        append(document, values, line, to: &result.bytes)
        line += 1
      case .failure(let error):
        guard options.faults == .skip else {
          result.fault = error
          return result
        }
        append(error, record, to: &result)
      }
      result.recordCount += 1
    }
    return result
  }

  private func append(_ document: BatchDocument, _ values: [TextBlock], _ line: Int, to output: inout [UInt8]) {
    guard options.output == .jsonl else {
      output.append(contentsOf: values[0].bytes[values[0].range(ofLine: line)])
      output.append(UInt8(ascii: "\n"))
      return
    }
    output.append(UInt8(ascii: "{"))
    if let members = document.members {
      output.append(contentsOf: members)
    } else {
      appendHead(document, to: &output)
      JSONText.append(document.bytes[document.text], to: &output)
    }
    for (task, value) in values.enumerated() {
      output.append(contentsOf: openings[task])
      output.append(contentsOf: value.bytes[value.range(ofLine: line)])
      if tasks[task].isSequence { output.append(UInt8(ascii: "]")) }
    }
    output.append(contentsOf: "}\n".utf8)
  }

  /// Adds what stands before a text that has no members of its own: the name of its file, its key.
  private func appendHead(_ document: BatchDocument, to output: inout [UInt8]) {
    if let name = document.fileName {
      output.append(contentsOf: #""file": "#.utf8)
      JSONText.append(ArraySlice(Array(name.utf8)), to: &output)
      output.append(contentsOf: ", ".utf8)
    }
    output.append(contentsOf: #""text": "#.utf8)
  }

  /// Adds a record in the place of a document that can't be read, and its line in the list of errors.
  private func append(_ error: CorpusError, _ record: BatchRecord, to result: inout BatchResult) {
    result.faultCount += 1
    if options.output == .jsonl {
      result.bytes.append(contentsOf: #"{"error": "#.utf8)
      JSONText.append(ArraySlice(Array(error.description.utf8)), to: &result.bytes)
      result.bytes.append(UInt8(ascii: "}"))
    }
    result.bytes.append(UInt8(ascii: "\n"))
    func append(_ opening: StaticString, _ text: ArraySlice<UInt8>) {
      result.errors.append(contentsOf: opening.description.utf8)
      JSONText.append(text, to: &result.errors)
    }
    append(#"{"file": "#, ArraySlice(Array(error.file.utf8)))
    if let line = error.line { result.errors.append(contentsOf: ", \"line\": \(line)".utf8) }
    append(#", "expected": "#, ArraySlice(Array(error.expected.utf8)))
    append(#", "found": "#, ArraySlice(Array(error.found.utf8)))
    append(#", "record": "#, record.bytes[...])
    result.errors.append(contentsOf: "}\n".utf8)
  }

  // MARK: Long texts

  /// Writes the record of a long document piece by piece: memory for the document and some stretches.
  func write(_ document: BatchDocument, _ write: ([UInt8]) throws -> Void) throws {
    if options.output == .jsonl {
      var head = [UInt8(ascii: "{")]
      if document.members == nil { appendHead(document, to: &head) }
      try write(head)
      if var members = document.members {
        while !members.isEmpty {
          try write(Array(members.prefix(TextStretches.size)))
          members = members.dropFirst(TextStretches.size)
        }
      } else {
        try writeText(document, write)
      }
    }
    for (number, task) in tasks.enumerated() {
      if options.output == .jsonl { try write(openings[number]) }
      try self.write(document, task, write)
      if options.output == .jsonl, task.isSequence { try write([UInt8(ascii: "]")]) }
    }
    try write(Array((options.output == .jsonl ? "}\n" : "\n").utf8))
  }

  /// Writes the text as a JSON string.
  private func writeText(_ document: BatchDocument, _ write: ([UInt8]) throws -> Void) throws {
    var stretches = TextStretches(document.bytes, document.text)
    try write([UInt8(ascii: "\"")])
    while let stretch = stretches.next() {
      var quoted: [UInt8] = []
      JSONText.append(document.bytes[stretch.bytes], to: &quoted)
      try write(Array(quoted.dropFirst().dropLast()))
    }
    try write([UInt8(ascii: "\"")])
  }

  private func write(_ document: BatchDocument, _ task: BatchTask, _ write: ([UInt8]) throws -> Void) throws {
    var stretches = TextStretches(document.bytes, document.text)
    var isFirst = true
    while true {
      var group: [TextStretches.Stretch] = []
      while group.count < (task.isSequence ? 2 * options.threads : 1), let stretch = stretches.next() {
        group.append(stretch)
      }
      guard !group.isEmpty else { return }
      let stretchesOfGroup = group
      let values = Parallel.map(count: group.count, threads: options.threads) { index, _ in
        let stretch = stretchesOfGroup[index]
        let part = BatchPart(
          bytes: stretch.bytes.lowerBound - document.text.lowerBound, scalars: stretch.scalarsBefore,
          isHead: !task.isSequence && stretch.bytes.upperBound < document.text.upperBound)
        return task.values(TextBlock(lines: [Array(document.bytes[stretch.bytes])]), options.output, part).bytes
      }
      for value in values where !value.isEmpty {
        if !isFirst { try write(Array(task.separator(options.output).utf8)) }
        isFirst = false
        try write(value)
      }
      // Of a long text a label is told by its head.
      if !task.isSequence { return }
    }
  }
}
