import Foundation

/// Text inside XML and HTML.
enum XMLText {
  /// The text with everything escaped that markup or attributes could take for their own; U+FFFD for characters that
  /// XML 1.0 can't hold.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped += " "
      case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A number with one digit behind the point, as coordinates are written.
  static func decimal(_ value: Double) -> String { String(format: "%.1f", value) }

  /// About how wide a text is: an ideograph is as wide as the font's size, other letters a little more than half.
  static func width(of text: String, fontSize: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 1.02 : 0.58) * fontSize }
  }
}
