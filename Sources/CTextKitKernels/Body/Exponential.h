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
  const float to_binary = slope * 1.44269504f;
  const float shift = 0x1.8p23f + 127;  // leaves the biased exponent in the low bits
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

/// log x for x >= 1, 0 (-∞), ∞ and NaN: m·2ᵉ with m in [√½, √2), then 2·artanh((m-1)/(m+1)). Error 1e-7 or 1
/// unit in the last place.
TK_INLINE vf log_vector(vf x) {
  const vi root_half = vi_all(0x3f3504f3);
  const vi exponent = (vi_bits(x) - root_half) >> 23;
  const vf m = vf_bits(vi_bits(x) - (exponent << 23));
  const vf z = (m - vf_all(1)) / (m + vf_all(1)), z2 = z * z;
  vf series = madd(z2, vf_all(1.0f / 9), vf_all(1.0f / 7));
  series = madd(series, z2, vf_all(1.0f / 5));
  series = madd(series, z2, vf_all(1.0f / 3));
  const vf log_m = vf_all(2) * madd(z * z2, series, z);
  const vf finite = madd(__builtin_convertvector(exponent, vf), vf_all(0.693147181f), log_m);
  const vf y = x == vf_all(0) ? vf_all(-__builtin_inff()) : finite;
  return x < vf_all(__builtin_inff()) ? y : x;
}
