import Foundation
import TextKitCorpus
import TextKitModels

/// Texts with highlighted entities as one page of HTML that needs nothing else.
///
/// A page is written as its texts come; only its foot knows the counts, and the style sheet puts the legend that stands
/// there above the texts.
enum RecognitionPage {
  /// Everything before the first text.
  ///
  /// - Parameter types: the number of types that are foreseen.
  static func head(types: Int) -> String {
    // Neighbors in the order of types differ by the golden angle: all colors lie as far apart as can be.
    let hues = (0...types).map { ".t\($0) { --hue: \(Int((212 + 137.508 * Double($0)).rounded()) % 360); }" }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Entities</title>
      <style>
      \(PageStyle.css)
      \(css)
      \(hues.joined(separator: " "))
      </style>
      </head>
      <body>
      <header><h1>Entities</h1></header>
      <main lang="">

      """
  }

  /// Everything after the last text.
  ///
  /// - Parameter counts: types, their numbers, and how many entities of each there are.
  static func foot(textCount: Int, counts: [(type: String, number: Int, count: Int)]) -> String {
    let total = counts.reduce(0) { $0 + $1.count }
    let items = counts.map {
      "<li><mark class=\"t\($0.number)\">\(XMLText.escaped($0.type))</mark> \($0.count)</li>"
    }
    func amount(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
    return """
      </main>
      <footer>
      <p class="soft">\(amount(total, "entity", "entities")) in \(amount(textCount, "text", "texts"))</p>
      <ul class="types">\(items.joined())</ul>
      </footer>
      </body>
      </html>

      """
  }

  private static let css = """
    body { display: flex; flex-direction: column; }
    header { order: -2; }
    footer {
      order: -1; position: sticky; top: 0; padding: .35rem 0 .6rem; margin-bottom: .75rem; background: var(--page);
      border-bottom: 1px solid var(--rule);
    }
    footer p { margin: 0 0 .35rem; }
    .types { display: flex; flex-wrap: wrap; gap: .35rem 1rem; margin: 0; padding: 0; list-style: none; }
    .types { font-size: .875rem; font-variant-numeric: tabular-nums; }
    main { counter-reset: line; }
    main p {
      counter-increment: line; position: relative; margin: 0; max-width: none; min-height: 1.9em; padding-left: 3.5rem;
      line-height: 1.9; overflow-wrap: anywhere; white-space: pre-wrap;
    }
    main p::before {
      content: counter(line); position: absolute; left: 0; width: 2.75rem; text-align: right; color: var(--soft);
      font-size: .75rem; line-height: 2.55; font-variant-numeric: tabular-nums; user-select: none;
    }
    mark {
      color: inherit; background: hsl(var(--hue) 80% 88%); border-radius: .25rem; padding: .1rem .25rem;
      margin: 0 1px;
      -webkit-box-decoration-break: clone; box-decoration-break: clone;
    }
    main mark::after {
      content: "\\2060" attr(data-type); margin-left: .3rem; color: hsl(var(--hue) 65% 26%); font-size: .6875rem;
      font-weight: 600; letter-spacing: .02em; user-select: none;
    }
    @media (prefers-color-scheme: dark) {
      mark { background: hsl(var(--hue) 45% 25%); }
      main mark::after { color: hsl(var(--hue) 80% 82%); }
    }
    @media (max-width: 30rem) {
      main p { padding-left: 2.25rem; } main p::before { width: 1.75rem; }
    }
    """
}

extension RecognitionWriter {
  func appendHTML(_ entities: [Entity], _ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
    func escaped(_ bytes: ArraySlice<UInt8>) -> String { XMLText.escaped(String(decoding: bytes, as: UTF8.self)) }
    var record = "<p>"
    var place = text.startIndex
    for entity in entities {
      let (start, end) = (text.startIndex + entity.utf8.start, text.startIndex + entity.utf8.end)
      let type = XMLText.escaped(entity.type)
      record += escaped(text[place..<start])
      record += "<mark class=\"t\(number(of: entity.type))\" data-type=\"\(type)\" "
      record += "title=\"\(type) \(JSONText.decimal(entity.confidence))\">\(escaped(text[start..<end]))</mark>"
      place = end
    }
    record += escaped(text[place...]) + "</p>\n"
    output.append(contentsOf: record.utf8)
  }
}
