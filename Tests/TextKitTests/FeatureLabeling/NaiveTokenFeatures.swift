import Foundation
import TextKitModels

/// The features of a sentence as text, built the obvious way: the twin of `TokenFeatureReader`.
struct NaiveTokenFeatures {
  let tokens: [String]

  /// The text of each template's feature at a token.
  func features(at index: Int, _ templates: [FeatureTemplate]) -> [String] {
    templates.enumerated().map { number, template in
      "\(number):" + template.parts.map { value($0, at: index) }.joined(separator: "\u{0}")
    }
  }

  private func value(_ part: FeatureTemplate.Part, at index: Int) -> String {
    let place = index + part.offset
    if case .same(let distance) = part.property {
      let inside = tokens.indices.contains(place) && tokens.indices.contains(place + distance)
      return distance == 0 || (inside && tokens[place] == tokens[place + distance]) ? "1" : "0"
    }
    guard tokens.indices.contains(place) else {
      return part.property == .type ? "P" : place < 0 ? "<\(-place)" : ">\(place - tokens.count + 1)"
    }
    let token = tokens[place]
    switch part.property {
    case .token: return token
    case .lower: return token.lowercased()
    case .type: return type(token)
    case .prefix(let length): return String(String.UnicodeScalarView(token.unicodeScalars.prefix(length)))
    case .suffix(let length): return String(String.UnicodeScalarView(token.unicodeScalars.suffix(length)))
    case .shape: return shape(token).replacing(#/(.)\1{4,}/#) { String(repeating: $0.1.first ?? "?", count: 4) }
    case .outline: return shape(token).replacing(#/(.)\1+/#) { String($0.1) }
    case .lexicon: return "0"
    case .same: return ""
    }
  }

  private func type(_ token: String) -> String {
    let scalars = token.unicodeScalars
    if scalars.allSatisfy({ [.decimal, .digit].contains($0.properties.numericType) }) { return "D" }
    if scalars.allSatisfy({ $0.isASCII && $0.properties.isAlphabetic }) { return "L" }
    let isWord = scalars.allSatisfy {
      $0.properties.numericType != nil
        || [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]
          .contains($0.properties.generalCategory)
    }
    return isWord ? "C" : "P"
  }

  private func shape(_ token: String) -> String {
    String(
      String.UnicodeScalarView(
        token.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .uppercaseLetter, .titlecaseLetter: "X"
          case .lowercaseLetter: "x"
          case .otherLetter, .modifierLetter: "c"
          case .decimalNumber: "d"
          default: scalar
          }
        }))
  }
}
