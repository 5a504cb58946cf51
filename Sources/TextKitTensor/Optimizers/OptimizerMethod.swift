/// A rule that turns gradients into updates.
///
/// Tables with sparse gradients are updated where rows have one ('lazily'): the state of other rows stands still.
public enum OptimizerMethod: Sendable, Equatable {
  /// Stochastic gradient descent: v = momentum·v + g, w -= rate·v.
  case sgd(momentum: Float = 0)
  /// Duchi et al. 2011.
  case adagrad(epsilon: Float = 1e-8)
  /// Kingma & Ba 2015; weight decay is added to the gradient.
  case adam(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8)
  /// Loshchilov & Hutter 2019: Adam with decoupled weight decay.
  case adamW(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8)
  /// McMahan et al. 2013; the learning rate is its α.
  case ftrl(beta: Float = 1, l1: Float = 0, l2: Float = 0)

  /// How many tensors of state it keeps for each weight.
  var stateCount: Int {
    switch self {
    case .sgd(let momentum): momentum == 0 ? 0 : 1
    case .adagrad: 1
    case .adam, .adamW, .ftrl: 2
    }
  }

  func update(rate: Float, decay: Float, step: Int) -> Kernel.Update {
    switch self {
    case .sgd(let momentum): return .sgd(rate: rate, momentum: momentum, decay: decay)
    case .adagrad(let epsilon): return .adagrad(rate: rate, epsilon: epsilon, decay: decay)
    case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon):
      var isDecoupled = false
      if case .adamW = self { isDecoupled = true }
      func correction(_ beta: Float) -> Float {
        Float(1 / (1 - exponential(Double(step) * logarithm(Double(beta)))))
      }
      return .adam(
        rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, correction1: correction(beta1),
        correction2: correction(beta2), decay: isDecoupled ? 0 : decay, decoupled: isDecoupled ? decay : 0)
    case .ftrl(let beta, let l1, let l2): return .ftrl(alpha: rate, beta: beta, l1: l1, l2: l2)
    }
  }
}
