import TextKitCorpus
import TextKitModels

extension RecognitionWriter {
  func appendJSON(
    _ entities: [Entity], _ text: ArraySlice<UInt8>, _ readings: [[Reading]]?, to output: inout [UInt8]
  ) {
    output.append(contentsOf: #"{"text": "#.utf8)
    JSONText.append(text, to: &output)
    output.append(contentsOf: #", "entities": "#.utf8)
    output.append(UInt8(ascii: "["))
    Self.append(entities, text, hasConfidence: true, to: &output)
    output.append(UInt8(ascii: "]"))
    if let readings {
      output.append(contentsOf: #", "readings": "#.utf8)
      Self.appendList(readings, to: &output) { sentence, output in
        Self.appendList(sentence, to: &output) { reading, output in
          output.append(
            contentsOf: "{\"probability\": \(JSONText.decimal(reading.probability)), \"entities\": [".utf8)
          Self.append(reading.entities, text, hasConfidence: false, to: &output)
          output.append(contentsOf: "]}".utf8)
        }
      }
    }
    output.append(contentsOf: "}\n".utf8)
  }

  /// Adds entities as JSON objects with commas between.
  ///
  /// - Parameter part: where `text` begins in the text whose places are written.
  static func append(
    _ entities: [Entity], _ text: ArraySlice<UInt8>, hasConfidence: Bool, of part: BatchPart = BatchPart(),
    to output: inout [UInt8]
  ) {
    appendItems(entities, to: &output) { entity, output in
      let span = entity.utf8
      output.append(contentsOf: #"{"text": "#.utf8)
      JSONText.append(text[text.startIndex + span.start..<text.startIndex + span.end], to: &output)
      output.append(contentsOf: #", "type": "#.utf8)
      JSONText.append(ArraySlice(Array(entity.type.utf8)), to: &output)
      output.append(
        contentsOf:
          ", \"start\": \(part.scalars + entity.scalars.lowerBound), \"end\": \(part.scalars + entity.scalars.upperBound)"
          .utf8)
      output.append(contentsOf: ", \"utf8\": [\(part.bytes + span.start), \(part.bytes + span.end)]".utf8)
      if hasConfidence { output.append(contentsOf: ", \"confidence\": \(JSONText.decimal(entity.confidence))".utf8) }
      output.append(UInt8(ascii: "}"))
    }
  }

  private static func appendList<Item>(
    _ items: [Item], to output: inout [UInt8], _ append: (Item, inout [UInt8]) -> Void
  ) {
    output.append(UInt8(ascii: "["))
    appendItems(items, to: &output, append)
    output.append(UInt8(ascii: "]"))
  }

  private static func appendItems<Item>(
    _ items: [Item], to output: inout [UInt8], _ append: (Item, inout [UInt8]) -> Void
  ) {
    for (index, item) in items.enumerated() {
      if index > 0 { output.append(contentsOf: ", ".utf8) }
      append(item, &output)
    }
  }
}
