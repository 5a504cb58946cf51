// Exponentials and what is made of them. Coefficients: least largest relative error on the reduced interval,
// fitted with the constant (and for exp the linear) term fixed at 1, so that exp(0) = 1 and tanh(0) = 0.

/// eˣ within 2 units in the last place: x = n·ln 2 + r with |r| <= ln 2 / 2, ln 2 in two parts.
TK_INLINE vf exp_vector(vf x) {
  const float shift = 0x1.8p23f;  // adding it rounds to an integer, which then fills the low bits
  const vf shifted = madd(x, vf_all(1.44269502f), vf_all(shift));
  const vf n = shifted - vf_all(shift);
  const vf r = madd(n, vf_all(2.12194440e-4f), madd(n, vf_all(-0.693359375f), x));
  vf p = madd(vf_all(0.0013814583653584123f), r, vf_all(0.008368724025785923f));
  p = madd(p, r, vf_all(0.04166838899254799f));
  p = madd(p, r, vf_all(0.1666652113199234f));
  p = madd(p, r, vf_all(0.4999999403953552f));
  p = madd(p, r * r, r) + vf_all(1);
  // In range the exponent can be added as an integer: p < 1 where n = 128, p > 1 where n = -126.
  vf y = vf_bits(vi_bits(p) + (vi_bits(shifted) << 23));
  y = x > vf_all(88.7f) ? vf_all(__builtin_inff()) : y;
  y = x < vf_all(-87.3f) ? vf_all(0) : y;
  return x == x ? y : x;
}

/// 1 + e^(slope·x) for sigmoid and tanh, |x| clamped to `bound` (NaN stays). Relative error 2e-7.
TK_INLINE vf one_plus_exp(vf x, float slope, float bound) {
  const float to_binary = slope * 1.44269504f, shift = 0x1.8p23f + 127;  // the biased exponent in the low bits
  const vf clamped = at_least(at_most(x, bound), -bound);
  const vf shifted = madd(clamped, vf_all(to_binary), vf_all(shift));
  const vf r = madd(clamped, vf_all(to_binary), vf_all(shift) - shifted);
  vf p = madd(vf_all(0.00132646586f), r, vf_all(0.00967156608f));
  p = madd(p, r, vf_all(0.0555073433f));
  p = madd(p, r, vf_all(0.240222409f));
  p = madd(p, r, vf_all(0.693147004f));
  p = madd(p, r, vf_all(1));
  return madd(p, vf_bits(vi_bits(shifted) << 23), vf_all(1));
}

/// 1 / (1 + e⁻ˣ)
TK_INLINE vf sigmoid_vector(vf x) { return vf_all(1) / one_plus_exp(x, -1, 87); }

/// 1 - 2 / (1 + e²ˣ)
TK_INLINE vf tanh_vector(vf x) { return vf_all(1) - vf_all(2) / one_plus_exp(x, 2, 43); }

/// Natural logarithm of a sum of exponentials, to 1e-12: m·2ᵉ with m in [√½, √2), then 2·artanh((m-1)/(m+1)).
TK_INLINE double log_of_sum(double x) {
  if (!(x > 0)) return x == 0 ? -__builtin_inf() : __builtin_nan("");
  if (x > 0x1p1023) return x;
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  const uint64_t root_half = 0x3fe6a09e667f3bcdu;
  const int64_t exponent = (int64_t)(bits - root_half) >> 52;
  bits -= (uint64_t)exponent << 52;
  double m;
  __builtin_memcpy(&m, &bits, sizeof m);
  const double z = (m - 1) / (m + 1), z2 = z * z;
  double series = 1.0 / 15;
  series = series * z2 + 1.0 / 13;
  series = series * z2 + 1.0 / 11;
  series = series * z2 + 1.0 / 9;
  series = series * z2 + 1.0 / 7;
  series = series * z2 + 1.0 / 5;
  series = series * z2 + 1.0 / 3;
  return (double)exponent * 0.69314718055994530942 + 2 * (z + z * z2 * series);
}
