import Foundation

extension ComparisonReport {
  /// The settings that were tried.
  var searches: String {
    let parts = result.rows.filter { !$0.searches.isEmpty }.map { row in
      let tables = row.searches.enumerated().map { number, search in
        (row.searches.count > 1 ? "<p class=\"pair\">fold \(number + 1)</p>" : "") + Self.table(search)
      }
      return "<details><summary>\(Self.breakable(row.name))</summary>\n\(tables.joined(separator: "\n"))</details>"
    }
    guard !parts.isEmpty else { return "" }
    return """
      <h2>Search for settings</h2>
      <p class="soft">By \(result.options.selection == .accuracy ? "accuracy" : "macro F1") on dev; the test texts
      were not looked at.</p>
      \(parts.joined(separator: "\n"))
      """
  }

  private static func table(_ search: SearchOutcome) -> String {
    let rows = search.trials.enumerated().map { number, trial in
      let settings = XMLText.escaped(trial.overrides.joined(separator: " "))
      let figures =
        trial.dev.map { "<td>\(decimal($0.accuracy))</td><td>\(decimal($0.macroF1))</td>" }
        ?? "<td class=\"failed\" colspan=\"2\">\(XMLText.escaped(trial.failure ?? ""))</td>"
      return "<tr\(number == search.best ? " class=\"best\"" : "")><td class=\"name\">\(settings)</td>\(figures)"
        + "<td>\(String(format: "%.1f", trial.seconds))</td></tr>"
    }
    return
      "<div class=\"scroll\"><table><thead><tr><th class=\"name\">settings</th><th>accuracy</th><th>macro F1</th>"
      + "<th>seconds</th></tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table></div>"
      + (search.untried > 0 ? "<p class=\"soft\">\(search.untried) more were left out by the budget.</p>" : "")
  }

  /// How it was made.
  var origin: String {
    let options = result.options
    var entries = provenance
    entries.append(("texts", counts))
    entries.append(
      ("seeds", options.seeds.isEmpty ? "of the models" : options.seeds.map(String.init).joined(separator: ", ")))
    entries.append(("seed of splits and subsets", "\(options.seed)"))
    entries.append(("bootstrap", "\(options.bootstrap.resamples) resamples, seed \(options.bootstrap.seed)"))
    entries.append(("threads", "\(result.threads) of \(ProcessInfo.processInfo.activeProcessorCount) cores"))
    entries.append(("textkit", TextKitVersion.current))
    let list = entries.map { "<dt>\(XMLText.escaped($0.name))</dt><dd>\(XMLText.escaped($0.value))</dd>" }
    let configurations = done.map { name, model in
      "<details><summary>\(Self.breakable(name))</summary>"
        + "<pre>\(Self.preformatted(model.configuration))</pre></details>"
    }
    return """
      <h2>How it was made</h2>
      <dl>
      \(list.joined(separator: "\n"))
      </dl>
      <h3>Configurations</h3>
      \(configurations.joined(separator: "\n"))
      """
  }

  private var counts: String {
    let data = result.data
    if let folds = data.folds { return "\(data.test) in \(folds) folds" }
    return "\(data.train) train, \(data.dev.map { "\($0) dev, " } ?? "no dev, ")\(data.test) test"
  }

  /// Text whose line breaks stay.
  private static func preformatted(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { XMLText.escaped(String($0)) }
      .joined(separator: "\n")
  }
}
