import TextKitModels

extension FeatureConfiguration: Configuration {
  /// Refuses what no features can be made by.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    if let (name, expected, found) = firstUnusable { throw .invalid(name, expected: expected, found: found) }
  }
}

extension FeatureGroup: Configuration {}
