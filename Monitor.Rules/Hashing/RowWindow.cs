namespace Monitor.Rules.Hashing;

/// <summary>A <see cref="TentWindow"/> along a row of interleaved channels, luminance and scale worked in.</summary>
/// <param name="Start">First channel value.</param>
/// <param name="Weights">Of the values from there on, padded with zeros to whole vectors.</param>
internal readonly record struct RowWindow(int Start, float[] Weights)
{
    /// <summary>Values after the row's end that padded weights may reach; they must be finite.</summary>
    public const int Padding = 16;

    public static RowWindow[] Along(int width, float[] luminance)
    {
        int channels = luminance.Length;
        return Array.ConvertAll(TentWindow.Along(width), window =>
        {
            float[] weights = new float[((window.Weights.Length * channels) + Padding - 1) / Padding * Padding];
            for (int k = 0; k < window.Weights.Length; k++)
            {
                for (int c = 0; c < channels; c++)
                    weights[(k * channels) + c] = (float)((double)window.Weights[k] * window.Scale * luminance[c]);
            }

            return new RowWindow(window.Start * channels, weights);
        });
    }
}
