using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Rules.Hashing;

/// <summary>From 64 × 64 samples to bits. Sums run in the order of the reference, in single precision and without fused operations, so that close terms fall on the same side.</summary>
internal static class PdqTransform
{
    /// <summary>Frequencies kept in each direction, 1…16.</summary>
    public const int Side = 16;

    public const int Terms = Side * Side;

    private const int Samples = PdqReduction.Side;

    private const double GradientsPerPoint = 90;

    /// <summary>[frequency][sample]: 16 × 64.</summary>
    private static readonly float[] Cosines = MakeCosines();

    /// <summary>[sample][frequency].</summary>
    private static readonly float[] CosinesTurned = Turn(Cosines);

    /// <summary>The terms of frequencies 1…16 by 1…16, row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(ReadOnlySpan<float> samples, Span<float> terms)
    {
        Span<float> half = stackalloc float[Side * Samples];
        for (int i = 0; i < Side; i++)
        {
            for (int j = 0; j < Samples; j += 2 * Vector256<float>.Count)
            {
                Vector256<float> low = Vector256<float>.Zero;
                Vector256<float> high = Vector256<float>.Zero;
                for (int k = 0; k < Samples; k++)
                {
                    Vector256<float> cosine = Vector256.Create(Cosines[(i * Samples) + k]);
                    ref float row = ref MemoryMarshal.GetReference(samples.Slice((k * Samples) + j, 2 * Vector256<float>.Count));
                    low += cosine * Vector256.LoadUnsafe(ref row);
                    high += cosine * Vector256.LoadUnsafe(ref row, (nuint)Vector256<float>.Count);
                }

                low.CopyTo(half[((i * Samples) + j)..]);
                high.CopyTo(half[((i * Samples) + j + Vector256<float>.Count)..]);
            }
        }

        for (int i = 0; i < Side; i++)
        {
            Vector256<float> low = Vector256<float>.Zero;
            Vector256<float> high = Vector256<float>.Zero;
            for (int k = 0; k < Samples; k++)
            {
                Vector256<float> value = Vector256.Create(half[(i * Samples) + k]);
                ref float row = ref CosinesTurned[k * Side];
                low += value * Vector256.LoadUnsafe(ref row);
                high += value * Vector256.LoadUnsafe(ref row, (nuint)Vector256<float>.Count);
            }

            low.CopyTo(terms[(i * Side)..]);
            high.CopyTo(terms[((i * Side) + Vector256<float>.Count)..]);
        }
    }

    /// <summary>A bit for each term above the median, which for an even count is the lower of the two in the middle.</summary>
    public static PdqHash ToHash(ReadOnlySpan<float> terms)
    {
        Span<float> sorted = stackalloc float[Terms];
        terms.CopyTo(sorted);
        sorted.Sort();
        Vector256<float> median = Vector256.Create(sorted[(Terms / 2) - 1]);

        Span<ulong> words = stackalloc ulong[Terms / 64];
        words.Clear();
        for (int k = 0; k < Terms; k += Vector256<float>.Count)
        {
            ulong above = Vector256.GreaterThan(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(terms[k..])), median).ExtractMostSignificantBits();
            words[k >> 6] |= above << (k & 63);
        }

        return new PdqHash(words[0], words[1], words[2], words[3]);
    }

    /// <summary>0…100: how much the samples change from one to the next, small changes not counted (the reference's heuristic).</summary>
    public static int Quality(ReadOnlySpan<float> samples)
    {
        Vector256<int> sum = Vector256<int>.Zero;
        ref float start = ref MemoryMarshal.GetReference(samples);
        for (int k = 0; k < (Samples - 1) * Samples; k += Vector256<float>.Count)
            sum += Steps(Vector256.LoadUnsafe(ref start, (nuint)k), Vector256.LoadUnsafe(ref start, (nuint)(k + Samples)));

        int gradients = 0;
        for (int i = 0; i < Samples; i++)
        {
            nuint row = (nuint)(i * Samples);
            nuint j = 0;
            for (; j + (nuint)Vector256<float>.Count < Samples; j += (nuint)Vector256<float>.Count)
                sum += Steps(Vector256.LoadUnsafe(ref start, row + j), Vector256.LoadUnsafe(ref start, row + j + 1));
            for (; j < Samples - 1; j++)
                gradients += Math.Abs((int)((samples[(int)(row + j)] - samples[(int)(row + j + 1)]) * 100 / 255));
        }

        gradients += Vector256.Sum(sum);
        return Math.Min(100, (int)(gradients / GradientsPerPoint));
    }

    /// <summary>Whole hundredths of the full range between neighbours, cut towards zero.</summary>
    private static Vector256<int> Steps(Vector256<float> left, Vector256<float> right) =>
        Vector256.Abs(Vector256.ConvertToInt32((left - right) * Vector256.Create(100f) / Vector256.Create(255f)));

    private static float[] MakeCosines()
    {
        float[] cosines = new float[Side * Samples];
        float scale = (float)Math.Sqrt(2.0 / Samples);
        for (int i = 0; i < Side; i++)
        {
            for (int j = 0; j < Samples; j++)
                cosines[(i * Samples) + j] = (float)(scale * Math.Cos(Math.PI / 2.0 / Samples * (i + 1) * ((2 * j) + 1)));
        }

        return cosines;
    }

    private static float[] Turn(float[] cosines)
    {
        float[] turned = new float[cosines.Length];
        for (int i = 0; i < Side; i++)
        {
            for (int j = 0; j < Samples; j++)
                turned[(j * Side) + i] = cosines[(i * Samples) + j];
        }

        return turned;
    }
}
