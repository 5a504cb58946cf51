extension CorpusCheck {
  /// Checks texts with entities.
  ///
  /// Labels are the types of entities; texts are in conflict where their entities differ.
  ///
  /// - Parameters:
  ///   - train: What a model is to be trained on, or the only part, read with its faults.
  ///   - dev: What it is tuned on.
  ///   - test: What it is scored on.
  ///   - minimumLabelCount: A type of `train` with fewer entities is rare.
  public init(
    entities train: EntityReading, dev: EntityReading? = nil, test: EntityReading? = nil,
    minimumLabelCount: Int = 5
  ) {
    let (names, readings) = Self.parts(train, dev, test)
    let types = readings.map { $0.documents { $0.entities.map(\.label) } }
    let texts = types.map { $0.documents.map { CheckedText($0.text) } }
    let parts = readings.indices.map { part in
      CorpusSummary(
        name: names[part], documentCount: types[part].count, labelCounts: readings[part].typeCounts,
        lengths: .init(texts[part].map(\.scalarCount)), format: readings[part].format,
        scheme: readings[part].scheme)
    }
    var findings = LabelCheck(parts: parts, corpora: types).findings(minimum: minimumLabelCount)
    findings += DuplicateCheck(names: names, corpora: readings.map { $0.documents(\.names) }, texts: texts).findings
    findings += Self.textFindings(names: names, corpora: types, texts: texts)
    for (reading, name) in zip(readings, names) { findings += reading.findings(part: name) }
    findings += EntityTypes(names: names, readings: readings).findings
    self.init(parts: parts, findings: findings)
  }
}

extension EntityReading {
  /// The texts as documents with labels made of their entities.
  fileprivate func documents(_ labels: (EntitySample) -> [String]) -> LabeledCorpus {
    LabeledCorpus(
      corpus.samples.map { sample in
        LabeledDocument(text: sample.text.string, labels: labels(sample), file: corpus.file, line: sample.line)
      })
  }

  fileprivate var typeCounts: [String: Int] {
    corpus.samples.lazy.flatMap(\.entities).reduce(into: [:]) { $0[$1.label, default: 0] += 1 }
  }

  /// What is wrong with the file, and with each of its entities.
  fileprivate func findings(part: String) -> [CorpusFinding] {
    let read = faults.map { fault in
      let place = CorpusError.place(file: fault.error.file, line: fault.error.line)
      return CorpusFinding(
        kind: fault.kind, message: "expected \(fault.error.expected), found \(fault.error.found)", places: [place],
        documentCounts: [part: 1])
    }
    return read
      + corpus.samples.flatMap { sample in
        sample.edgeFindings.map { kind, message in
          CorpusFinding(
            kind: kind, message: message, places: [CorpusError.place(file: corpus.file, line: sample.line)],
            documentCounts: [part: 1])
        }
      }
  }
}

extension EntitySample {
  /// An entity for a message: `"上海" LOC`.
  func name(_ entity: LabeledSpan) -> String { "\(CorpusError.quoted(text[entity.span])) \(entity.label)" }

  /// The entities by name, or a word for none.
  fileprivate var names: [String] { entities.isEmpty ? ["nothing"] : entities.map(name) }
}
