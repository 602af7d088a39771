namespace Monitor.Rules.Hashing;

/// <summary>
/// PDQ of a picture, full-resolution variant: luminance, two tent passes by the window ceil(side / 128), 64 × 64 samples, a 16 × 16
/// cosine transform without its constant terms, one bit for each term above the median. Bits and quality are those of the
/// C++ reference (ThreatExchange, pdq/cpp).
/// </summary>
public static class PdqHasher
{
    /// <summary>Pixels. A picture with a shorter side hashes to zero with quality 0, as in the reference.</summary>
    public const int MinimumSide = 5;

    public static PdqResult Compute(in PixelView picture)
    {
        if (picture.Width < MinimumSide || picture.Height < MinimumSide)
            return default;

        Span<float> samples = stackalloc float[PdqReduction.Side * PdqReduction.Side];
        PdqReduction.Reduce(picture, samples);
        Span<float> terms = stackalloc float[PdqTransform.Terms];
        PdqTransform.Transform(samples, terms);
        return new PdqResult(PdqTransform.ToHash(terms), PdqTransform.Quality(samples));
    }

    /// <summary>All eight from one transform: turning or mirroring a picture only swaps or negates its terms.</summary>
    public static PdqDihedrals ComputeDihedrals(in PixelView picture)
    {
        if (picture.Width < MinimumSide || picture.Height < MinimumSide)
            return new PdqDihedrals(default, default, default, default, default, default, default, default, 0);

        Span<float> samples = stackalloc float[PdqReduction.Side * PdqReduction.Side];
        PdqReduction.Reduce(picture, samples);
        Span<float> terms = stackalloc float[PdqTransform.Terms];
        PdqTransform.Transform(samples, terms);

        // Terms of odd frequency change their sign when the picture is mirrored; index 0 is frequency 1.
        return new PdqDihedrals(
            PdqTransform.ToHash(terms),
            Turned(terms, transpose: true, negateRows: false, negateColumns: true),
            Turned(terms, transpose: false, negateRows: true, negateColumns: true),
            Turned(terms, transpose: true, negateRows: true, negateColumns: false),
            Turned(terms, transpose: false, negateRows: true, negateColumns: false),
            Turned(terms, transpose: false, negateRows: false, negateColumns: true),
            Turned(terms, transpose: true, negateRows: false, negateColumns: false),
            Turned(terms, transpose: true, negateRows: true, negateColumns: true),
            PdqTransform.Quality(samples));
    }

    private static PdqHash Turned(ReadOnlySpan<float> terms, bool transpose, bool negateRows, bool negateColumns)
    {
        const int Side = PdqTransform.Side;
        Span<float> turned = stackalloc float[PdqTransform.Terms];
        for (int i = 0; i < Side; i++)
        {
            for (int j = 0; j < Side; j++)
            {
                bool negate = (negateRows && (i & 1) == 0) ^ (negateColumns && (j & 1) == 0);
                float term = terms[(i * Side) + j];
                turned[transpose ? (j * Side) + i : (i * Side) + j] = negate ? -term : term;
            }
        }

        return PdqTransform.ToHash(turned);
    }
}
