/// What of a sentence one feature of a token looks at: properties of the tokens around it, all of them together.
///
/// In text a template is its parts, kept apart by blanks, each a property and in brackets an offset:
/// `token[-1] token[0]` is the pair of the token before and this one, `same[-1,0]` whether the two are the same.
/// It is what CRF++ writes as `U01:%x[-1,0]/%x[0,0]`.
package struct FeatureTemplate: Hashable, Sendable {
  /// A property and the token that has it.
  package struct Part: Hashable, Sendable {
    package let property: TokenProperty
    /// The place of the token, counted from the one that the feature is of.
    package let offset: Int
  }

  /// What is looked at, at least one.
  package let parts: [Part]

  /// The largest distance of a token that a template may look at.
  static let reach = 8
  /// The most parts of a template, and templates of a model.
  static let mostParts = 8
  package static let mostTemplates = 256

  /// Reads the text form.
  package init(parsing text: String) throws(FeatureTemplateError) {
    func error(_ expected: String, _ found: Substring) -> FeatureTemplateError {
      FeatureTemplateError(expected: expected, found: String(found))
    }
    var parts: [Part] = []
    for word in text.split(separator: " ") {
      guard let open = word.firstIndex(of: "["), word.last == "]" else {
        throw error("a property with an offset such as token[-1]", word)
      }
      let name = word[..<open]
      let inside = word[word.index(after: open)...].dropLast()
      var offsets: [Int] = []
      for number in inside.split(separator: ",", omittingEmptySubsequences: false) {
        guard let offset = Int(number), (-Self.reach...Self.reach).contains(offset) else {
          throw error("an offset from -\(Self.reach) to \(Self.reach)", number)
        }
        offsets.append(offset)
      }
      if name == "same" {
        guard offsets.count == 2 else { throw error("two offsets, as in same[-1,0]", word) }
        parts.append(Part(property: .same(distance: offsets[1] - offsets[0]), offset: offsets[0]))
      } else {
        guard let property = TokenProperty(name: name) else {
          throw error("one of the properties \(TokenProperty.names)", name)
        }
        guard offsets.count == 1 else { throw error("one offset", word) }
        parts.append(Part(property: property, offset: offsets[0]))
      }
    }
    guard (1...Self.mostParts).contains(parts.count) else {
      throw error("1 to \(Self.mostParts) properties", text[...])
    }
    self.parts = parts
  }
}

/// A template that can't be read.
package struct FeatureTemplateError: Error, Hashable, Sendable {
  package let expected: String
  package let found: String
}

// MARK: - Sets of templates by name

extension FeatureTemplate {
  /// The templates that a name stands for.
  package static let presets: [String: [String]] = {
    let basic = [
      "token[-2]", "token[-1]", "token[0]", "token[1]", "token[2]", "token[-2] token[-1]", "token[-1] token[0]",
      "token[0] token[1]", "token[1] token[2]", "token[-1] token[1]",
    ]
    let rich =
      basic + [
        "token[-1] token[0] token[1]", "token[-2] token[-1] token[0]", "token[0] token[1] token[2]",
        "same[-1,0] same[-2,0]", "type[-1] type[0] type[1]",
      ]
    let words =
      [-2, -1, 0, 1, 2].flatMap { ["lower[\($0)]", "shape[\($0)]"] }
      + (1...4).flatMap { ["prefix\($0)[0]", "suffix\($0)[0]"] } + [
        "token[0]", "lower[-1] lower[0]", "lower[0] lower[1]", "outline[-1] outline[0]", "outline[0] outline[1]",
        "outline[-1] outline[0] outline[1]", "lower[-1] outline[0]", "outline[0] lower[1]", "prefix3[-1]",
        "suffix3[-1]", "prefix3[1]", "suffix3[1]",
      ]
    return ["basic": basic, "rich": rich, "words": words]
  }()

  /// Reads templates, among which names of sets stand for all of the set; each is taken once.
  ///
  /// - Throws: the number of the text that can't be read, and why.
  package static func templates(
    parsing texts: [String]
  ) throws(FeatureTemplateListError) -> [FeatureTemplate] {
    var templates: [FeatureTemplate] = []
    for (number, text) in texts.enumerated() {
      for line in presets[text] ?? [text] {
        let template: FeatureTemplate
        do { template = try FeatureTemplate(parsing: line) } catch {
          throw FeatureTemplateListError(number: number, expected: error.expected, found: error.found)
        }
        if !templates.contains(template) { templates.append(template) }
      }
      guard templates.count <= mostTemplates else {
        throw FeatureTemplateListError(
          number: number, expected: "at most \(mostTemplates) templates", found: "\(templates.count)")
      }
    }
    guard !templates.isEmpty else {
      throw FeatureTemplateListError(number: 0, expected: "at least one template", found: "none")
    }
    return templates
  }
}

/// A list of templates of which one can't be read.
package struct FeatureTemplateListError: Error, Hashable, Sendable {
  /// The place in the list.
  package let number: Int
  package let expected: String
  package let found: String
}
