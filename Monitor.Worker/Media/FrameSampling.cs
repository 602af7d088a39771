namespace Monitor.Worker.Media;

/// <summary>Which frames of an animation are looked at: the first, and others spread evenly, as many as the work allows.</summary>
internal static class FrameSampling
{
    /// <param name="frames">From 1.</param>
    /// <param name="requires">The frame that a frame is drawn over, or −1: asked only for frames that are wanted and those they need.</param>
    public static IReadOnlyList<int> Choose(int frames, long pixels, MediaLimits limits, Func<int, int> requires)
    {
        List<int> chosen = [0];
        long drawn = pixels;
        for (var k = 1; k < limits.SampledFrames && k < frames; k++)
        {
            var wanted = (int)((long)k * (frames - 1) / Math.Max(1, Math.Min(limits.SampledFrames, frames) - 1));
            long chain = 0;
            for (var frame = wanted; frame >= 0 && drawn + chain <= limits.MaxDrawnPixels; frame = requires(frame))
            {
                chain += pixels;
            }

            if (drawn + chain > limits.MaxDrawnPixels)
            {
                break;
            }

            drawn += chain;
            chosen.Add(wanted);
        }

        return chosen;
    }
}
