using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Rules.Hashing;

/// <summary>
/// A picture brought to 64 × 64 luminances. The reference runs two box passes over all pixels and then keeps one in so many. All of
/// that is linear, and so is luminance: each sample is a weighted sum, computed here as rows first (every pixel is read about once,
/// its channels side by side as they lie in memory), then along the row that came out.
/// </summary>
internal static class PdqReduction
{
    /// <summary>Samples along each side.</summary>
    public const int Side = 64;

    private const float Red = 0.299f;
    private const float Green = 0.587f;
    private const float Blue = 0.114f;

    /// <summary>Largest sum of whole weights for which sums of bytes stay in 16 bits.</summary>
    private const int NarrowTotal = 257;

    // Fully compiled at once: a command that hashes one picture would spend most of its time in code that is not.

    /// <summary>Channel values summed together in registers.</summary>
    private const int Block = 64;

    /// <summary>Channel values whose sums stay in the first cache.</summary>
    private const int Strip = 2048;

    public static void Reduce(in PixelView picture, Span<float> samples)
    {
        TentWindow[] down = TentWindow.Along(picture.Height);
        RowWindow[] across = RowWindow.Along(picture.Width, Luminance(picture.Layout));
        int length = picture.Width * picture.Layout.Channels();
        float[] row = ArrayPool<float>.Shared.Rent(length + RowWindow.Padding);
        row.AsSpan(length, RowWindow.Padding).Clear();
        for (int i = 0; i < Side; i++)
        {
            TentWindow window = down[i];
            SumRows(picture, window, row.AsSpan(0, length));
            for (int j = 0; j < Side; j++)
                samples[(i * Side) + j] = Dot(row, across[j]) * window.Scale;
        }

        ArrayPool<float>.Shared.Return(row);
    }

    private static float[] Luminance(PixelLayout layout) => layout switch
    {
        PixelLayout.Gray => [1f],
        PixelLayout.Rgb => [Red, Green, Blue],
        PixelLayout.Rgba => [Red, Green, Blue, 0f],
        PixelLayout.Bgra => [Blue, Green, Red, 0f],
    };

    /// <summary>The weighted sum of a window's rows, channel by channel.</summary>
    private static void SumRows(in PixelView picture, in TentWindow window, Span<float> sums)
    {
        if (sums.Length < Block)
            SumFew(picture, window, sums);
        else if (window.Whole && window.Total <= NarrowTotal)
            SumNarrow(picture, window, sums);
        else
            SumWide(picture, window, sums);
    }

    /// <summary>Whole weights of a small box, summed in 16 bits: a block of columns down all rows, so that sums stay in registers.</summary>
    private static void SumNarrow(in PixelView picture, in TentWindow window, Span<float> sums)
    {
        ref byte first = ref Unsafe.AsRef(in MemoryMarshal.GetReference(picture.Row(window.Start)));
        for (int column = 0; column < sums.Length; column += Block)
        {
            // The last block reaches back instead of over the end: its sums are computed twice, and are the same.
            column = Math.Min(column, sums.Length - Block);
            SumNarrow(ref Unsafe.Add(ref first, column), picture.Stride, window.Weights, ref sums[column]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumNarrow(ref byte source, int stride, ReadOnlySpan<float> weights, ref float target)
    {
        Vector256<ushort> a = Vector256<ushort>.Zero, b = a, c = a, d = a;
        foreach (float weight in weights)
        {
            Vector256<ushort> w = Vector256.Create((ushort)weight);
            a += Widen(ref source, 0) * w;
            b += Widen(ref source, 16) * w;
            c += Widen(ref source, 32) * w;
            d += Widen(ref source, 48) * w;
            source = ref Unsafe.Add(ref source, stride);
        }

        Store(a, ref target, 0);
        Store(b, ref target, 16);
        Store(c, ref target, 32);
        Store(d, ref target, 48);
    }

    /// <summary>Any weights, summed in single precision: exact for whole weights up to a box of 256. Row by row in strips: of large pictures too many rows at once would fall out of the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumWide(in PixelView picture, in TentWindow window, Span<float> sums)
    {
        sums.Clear();
        for (int strip = 0; strip < sums.Length; strip += Strip)
        {
            int length = Math.Min(Strip, sums.Length - strip);
            ref float target = ref sums[strip];
            for (int r = 0; r < window.Weights.Length; r++)
            {
                float weight = window.Weights[r];
                ReadOnlySpan<byte> row = picture.Row(window.Start + r).Slice(strip, length);
                ref byte source = ref MemoryMarshal.GetReference(row);
                Vector256<float> weights = Vector256.Create(weight);
                int column = 0;
                for (; column <= length - 16; column += 16)
                {
                    Vector256<ushort> values = Widen(ref source, (nuint)column);
                    Add(Vector256.WidenLower(values), weights, ref target, (nuint)column);
                    Add(Vector256.WidenUpper(values), weights, ref target, (nuint)column + 8);
                }

                for (; column < length; column++)
                    Unsafe.Add(ref target, column) += row[column] * weight;
            }
        }
    }

    private static void Add(Vector256<uint> values, Vector256<float> weights, ref float target, nuint offset) =>
        (Vector256.LoadUnsafe(ref target, offset) + (Float(values) * weights)).StoreUnsafe(ref target, offset);

    private static void SumFew(in PixelView picture, in TentWindow window, Span<float> sums)
    {
        sums.Clear();
        for (int r = 0; r < window.Weights.Length; r++)
        {
            ReadOnlySpan<byte> row = picture.Row(window.Start + r);
            for (int column = 0; column < sums.Length; column++)
                sums[column] += row[column] * window.Weights[r];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(float[] row, in RowWindow window)
    {
        ref float values = ref row[window.Start];
        ref float weights = ref MemoryMarshal.GetArrayDataReference(window.Weights);
        Vector256<float> even = Vector256<float>.Zero;
        Vector256<float> odd = Vector256<float>.Zero;
        for (nuint k = 0; k < (nuint)window.Weights.Length; k += RowWindow.Padding)
        {
            even += Vector256.LoadUnsafe(ref values, k) * Vector256.LoadUnsafe(ref weights, k);
            odd += Vector256.LoadUnsafe(ref values, k + (RowWindow.Padding / 2)) * Vector256.LoadUnsafe(ref weights, k + (RowWindow.Padding / 2));
        }

        return Vector256.Sum(even + odd);
    }

    private static Vector256<ushort> Widen(ref byte source, nuint offset) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref source, offset).ToVector256Unsafe());

    private static Vector256<float> Float(Vector256<uint> value) => Vector256.ConvertToSingle(value.AsInt32());

    private static void Store(Vector256<ushort> sums, ref float target, nuint offset)
    {
        Float(Vector256.WidenLower(sums)).StoreUnsafe(ref target, offset);
        Float(Vector256.WidenUpper(sums)).StoreUnsafe(ref target, offset + 8);
    }
}
