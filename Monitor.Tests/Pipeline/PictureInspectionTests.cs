using Monitor.Rules.Hashing;
using Monitor.Rules.Removal;
using Monitor.Tests.Media;
using SkiaSharp;

namespace Monitor.Tests.Pipeline;

/// <summary>Whole inspections of a page with one picture, whose bytes change while it stays, or does not stay, the same picture.</summary>
public sealed class PictureInspectionTests
{
    private static readonly Picture Shown = Picture.Noise(400, 300, PixelLayout.Rgba, seed: 1, smooth: 20);

    private static readonly Picture Mirrored = Picture.Make(400, 300, PixelLayout.Rgba, (x, y) =>
    {
        var at = ((y * 400) + (399 - x)) * 4;
        return (Shown.Pixels[at], Shown.Pixels[at + 1], Shown.Pixels[at + 2]);
    });

    [Fact]
    public async Task The_same_picture_in_other_bytes_is_still_served_and_another_is_for_a_person()
    {
        await using VantageHouse house = await VantageHouse.OpenAsync("", "direct");
        var page = VantageHouse.Page.Replace("<p>Gian hàng số 0", "<img src=\"/anh.jpg\" width=\"400\" height=\"300\"><p>Gian hàng số 0", StringComparison.Ordinal);
        house.Site.OnText("/bai/1001", page);
        void Serve(byte[] bytes) => house.Site.On("/anh.jpg", exchange => exchange.RespondAsync(200, bytes, ("Content-Type", "image/jpeg")));
        async Task<(MediaObservation Media, Observation Whole)> LookAsync()
        {
            house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(6));
            await house.InspectAsync();
            var observation = (await house.ObservationsAsync())[^1];
            return (Assert.Single(observation.Media), observation);
        }

        Serve(EncodedPictures.Skia(Shown, SKEncodedImageFormat.Jpeg, 95));
        var (first, _) = await LookAsync();
        Assert.Equal((Liveness.Live, PdqGate.Open), (first.Liveness, first.Pdq!.Gate));
        Assert.Equal(first.Pdq, Assert.Single((await house.TargetAsync()).Media).Pdq);

        // The page is gone, its picture is served on: re-encoded, then mirrored too.
        house.Site.OnText("/bai/1001", "", 404);
        foreach (var bytes in new[] { EncodedPictures.Skia(Shown, SKEncodedImageFormat.Jpeg, 60), EncodedPictures.Skia(Mirrored, SKEncodedImageFormat.Webp, 80) })
        {
            Serve(bytes);
            var (again, whole) = await LookAsync();
            Assert.Equal((Liveness.Live, LivenessReason.MediaStillServed), (again.Liveness, again.Reason));
            Assert.InRange(again.PdqDistance!.Value, 0, 31);
            Assert.Equal(Liveness.Partial, whole.Fact.Liveness);
        }

        // Another picture, one of too little detail, and one that cannot be read: never gone, never the same.
        foreach (var bytes in new[] { EncodedPictures.Skia(Picture.Noise(400, 300, PixelLayout.Rgba, seed: 2, smooth: 20), SKEncodedImageFormat.Jpeg), EncodedPictures.Png(300, 300, new byte[301 * 300]), [0xFF, 0xD8, 0xFF, 1, 2, 3] })
        {
            Serve(bytes);
            var (other, whole) = await LookAsync();
            Assert.Equal((Liveness.Inconclusive, LivenessReason.MediaChanged), (other.Liveness, other.Reason));
            Assert.True(other.PdqDistance is null or > 31);
            Assert.Equal(Liveness.Inconclusive, whole.Fact.Liveness);
        }
    }
}
