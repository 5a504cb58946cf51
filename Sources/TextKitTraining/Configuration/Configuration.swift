/// The settings of a model or a training run: a struct whose properties all have defaults.
///
///     struct TaggerConfiguration: Configuration {
///       var hiddenSize = 128
///       var optimizer = OptimizerKind.adam      // an enum of strings; CaseIterable gives better messages
///       var training = TrainingConfiguration()  // nested, itself a Configuration
///       var dropout: Double?                    // nil is written as null
///
///       func validate() throws(ConfigurationError) {
///         guard hiddenSize > 0 else {
///           throw .invalid("hiddenSize", expected: "at least 1", found: "\(hiddenSize)")
///         }
///       }
///     }
///
/// Synthesized `Codable` is all that is needed. On disk it is JSON; keys that are left out take the values of
/// `init()`. A struct inside an array, a map or an optional has to be a `Configuration` for its keys to be known.
/// Enums with payloads and dictionaries whose keys aren't strings are not supported.
public protocol Configuration: Codable, Equatable, Sendable {
  /// The defaults.
  init()

  /// Checks what types can't say, such as limits; nested configurations are checked by themselves.
  func validate() throws(ConfigurationError)
}

extension Configuration {
  /// Accepts everything.
  public func validate() throws(ConfigurationError) {}

  /// Checks this configuration and every one in it, and that all numbers are finite: what a file or an override goes
  /// through when it is read, for values that were set in code. Everything that trains begins with it.
  ///
  /// - Throws: `ConfigurationError` with the path of the first entry that can't be used.
  public func validateAll() throws(ConfigurationError) { try ConfigurationLoader.validate(self) }
}
