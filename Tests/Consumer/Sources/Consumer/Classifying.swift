import Foundation
import TextKit
import TextKitPretrained

/// A classifier that ships, and one of our own.
func classifying(_ path: String, _ url: URL, _ text: String) throws {
  // README: classifying
  let sentiment = try Pretrained.sentiment()  // a classifier a script, chosen text by text
  let feeling = sentiment.prediction(for: "房间很干净，服务也好").label  // "positive"

  let corpus = try LabeledCorpus(contentsOf: path)  // label TAB text, CSV, JSON Lines and others
  let recipe = try NamedRecipe(parsing: "nbsvm:c=0.03", reading: .characters).recipe
  try ClassifierTraining(recipe: recipe, train: corpus, output: url).run()
  let classifier = try Classifier(contentsOf: url)  // any kind of classifier
  let ranking = classifier.prediction(for: text).ranking  // labels and probabilities, best first
  let reasons = classifier.explanation(of: text)  // pieces of the text and how they spoke for the label
  // end
  check(feeling == "positive", feeling)
  check(ranking.count == 2 && ranking[0].probability >= ranking[1].probability, "\(ranking)")
  check(reasons?.isEmpty == false, "\(String(describing: reasons))")
}
