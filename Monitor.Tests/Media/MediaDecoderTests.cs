using ImageMagick;
using Monitor.Rules.Hashing;
using Monitor.Worker.Media;
using SkiaSharp;

namespace Monitor.Tests.Media;

public sealed class MediaDecoderTests
{
    // Large and soft enough that what lossy kinds lose is not what is hashed.
    private static readonly Picture Sample = Picture.Noise(480, 360, PixelLayout.Rgba, seed: 6, smooth: 60);

    private static readonly PdqResult SampleHash = PdqHasher.Compute(Sample.View);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Lossless kinds give back the very pixels.</summary>
    [Fact]
    public async Task Whole_pictures_of_every_kind_decoded_here_are_decoded()
    {
        foreach (var (format, bytes, lossless) in Whole())
        {
            var hashing = await HashAsync(bytes);
            Assert.Equal(new MediaDecoding.Decoded(format, 480, 360, 1, 1, Partial: false), hashing.Decoding);
            // 256 colours are not the picture; another decoder of them says what they are.
            var expected = format == MediaFormat.Gif ? (await HashAsync(Unpacked(bytes))).Fingerprint!.Hash : SampleHash.Hash;
            Assert.InRange(hashing.Fingerprint!.Hash.Distance(expected), 0, lossless ? 0 : 30);
            Assert.Equal(PdqVariant.FullResolution, hashing.Fingerprint.Variant);
        }
    }

    [Fact]
    public async Task Rare_kinds_are_decoded_in_a_process_of_their_own()
    {
        foreach (var (format, coder) in new[] { (MediaFormat.Tiff, MagickFormat.Tiff), (MediaFormat.Avif, MagickFormat.Avif) })
        {
            var bytes = EncodedPictures.Magick(Sample, coder);
            var hashing = await HashAsync(bytes);
            Assert.Equal(new MediaDecoding.Decoded(format, 480, 360, 1, 1, Partial: false), hashing.Decoding);
            Assert.InRange(hashing.Fingerprint!.Hash.Distance(SampleHash.Hash), 0, format == MediaFormat.Tiff ? 0 : 30);
            Assert.IsType<MediaDecoding.Damaged>((await HashAsync(bytes[..60])).Decoding);
        }
    }

    /// <summary>The library behind AVIF copies the picture into a temporary file: on a disk it would stay readable there, and a process that was ended would not even delete it.</summary>
    [Fact]
    public void Temporary_files_lie_in_memory_and_go_with_their_folder()
    {
        string path;
        using (var folder = MemoryFolder.Create())
        {
            path = folder!.Path;
            Assert.Equal("tmpfs", new DriveInfo(path).DriveFormat);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
            File.WriteAllText(Path.Combine(path, "left"), "đèn lồng xanh");
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public async Task The_process_is_ended_when_its_time_is_over_and_refuses_what_is_too_large()
    {
        var bytes = EncodedPictures.Magick(Sample, MagickFormat.Tiff);
        var hurried = new MediaDecoder(MediaLimits.Default with { ChildTime = TimeSpan.FromMilliseconds(1) });
        Assert.Equal(new MediaDecoding.TimedOut(MediaFormat.Tiff), await hurried.DecodeAsync(bytes, Nothing, Cancellation));
        var small = new MediaDecoder(MediaLimits.Default with { MaxPixels = 100 });
        Assert.Equal(new MediaDecoding.TooLarge(480, 360), await small.DecodeAsync(bytes, Nothing, Cancellation));
    }

    [Fact]
    public async Task A_cut_picture_is_partial_and_its_rows_are_those_of_the_whole()
    {
        var whole = EncodedPictures.Skia(Picture.Waves(640, 480, PixelLayout.Rgba), SKEncodedImageFormat.Jpeg);
        var hashing = await HashAsync(whole[..(whole.Length * 3 / 4)]);
        Assert.Equal(new MediaDecoding.Decoded(MediaFormat.Jpeg, 640, 480, 1, 1, Partial: true), hashing.Decoding);
        Assert.True(hashing.Partial);
        Assert.NotNull(hashing.Fingerprint);
    }

    /// <summary>Every prefix of a whole file, of every kind decoded here: always one of the outcomes, never an exception, never a size other than the true one.</summary>
    [Fact]
    public async Task Every_prefix_ends_in_an_outcome()
    {
        foreach (var (format, bytes, _) in Whole(Picture.Waves(48, 40, PixelLayout.Rgba)))
        {
            for (var length = 0; length < bytes.Length; length += length < 1000 ? 1 : 61)
            {
                switch ((await HashAsync(bytes[..length])).Decoding)
                {
                    case MediaDecoding.Decoded decoded:
                        Assert.Equal((format, 48, 40), (decoded.Format, decoded.Width, decoded.Height));
                        break;
                    case MediaDecoding.Damaged or MediaDecoding.NotAnImage:
                        break;
                    case var other:
                        Assert.Fail($"{format}, {length} bytes: {other}");
                        break;
                }
            }
        }
    }

    /// <summary>Bytes turned at random in whole files.</summary>
    [Fact]
    public async Task Spoilt_pictures_end_in_an_outcome()
    {
        var random = new Random(8);
        foreach (var (_, bytes, _) in Whole(Picture.Waves(48, 40, PixelLayout.Rgba)))
        {
            for (var round = 0; round < 100; round++)
            {
                var spoilt = bytes.ToArray();
                for (var k = 0; k < 5; k++)
                {
                    spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
                }

                Assert.NotNull((await HashAsync(spoilt)).Decoding.Name);
            }
        }
    }

    [Fact]
    public async Task A_tiny_file_that_claims_to_be_huge_is_refused_before_anything_is_allocated()
    {
        var png = EncodedPictures.Png(60000, 60000, [0]);
        Assert.InRange(png.Length, 60, 80);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(new MediaDecoding.TooLarge(60000, 60000), (await HashAsync(png)).Decoding);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal(new MediaDecoding.TooLarge(65535, 65535), (await HashAsync(EncodedPictures.Gif(65535, 65535, 1))).Decoding);
    }

    [Fact]
    public async Task A_header_without_a_picture_is_damaged_or_partial()
    {
        Assert.IsType<MediaDecoding.Damaged>((await HashAsync(EncodedPictures.Png(3000, 3000, []))).Decoding);

        // Three white rows of a thousand: what is there is shown, and said to be cut.
        var rows = new byte[3 * 1001];
        Array.Fill(rows, (byte)255);
        (rows[0], rows[1001], rows[2002]) = (0, 0, 0);
        Assert.True((await HashAsync(EncodedPictures.Png(1000, 1000, rows))).Partial);
    }

    [Fact]
    public async Task An_animation_gives_its_first_and_a_few_other_frames()
    {
        var bytes = EncodedPictures.Magick(Picture.Waves(96, 96, PixelLayout.Rgba), MagickFormat.Gif, frames: 4);
        var hashing = await HashAsync(bytes);
        Assert.Equal(new MediaDecoding.Decoded(MediaFormat.Gif, 96, 96, 4, 4, Partial: false), hashing.Decoding);
        Assert.Equal([0, 1, 2, 3], hashing.Frames.Select(frame => frame.Index));
        Assert.Equal(4, hashing.Frames.Select(frame => frame.Pdq.Hash).Distinct().Count());
    }

    [Fact]
    public async Task A_hundred_thousand_frames_are_not_all_drawn()
    {
        var hashing = await HashAsync(EncodedPictures.Gif(1000, 1000, 100_000));
        var decoded = Assert.IsType<MediaDecoding.Decoded>(hashing.Decoding);
        Assert.InRange(decoded.Sampled, 1, MediaLimits.Default.SampledFrames);
        Assert.Equal(0, hashing.Frames[0].Index);
    }

    [Fact]
    public void Sampled_frames_stay_within_the_work_that_is_allowed()
    {
        var limits = MediaLimits.Default with { SampledFrames = 5, MaxDrawnPixels = 1000 };
        Assert.Equal([0, 25, 50, 75, 100], FrameSampling.Choose(101, 10, limits with { MaxDrawnPixels = 1_000_000 }, index => index - 1));
        // 10 pixels each, every frame over the one before: frame 25 takes 26 drawings, frame 50 would take 51 more, frame 75 no more.
        Assert.Equal([0, 25, 50], FrameSampling.Choose(101, 10, limits, index => index - 1));
        Assert.Equal([0, 25, 50, 75, 100], FrameSampling.Choose(101, 10, limits, _ => -1));
        Assert.Equal([0], FrameSampling.Choose(1, 10, limits, _ => -1));
        Assert.Equal([0, 1], FrameSampling.Choose(2, 10, limits, _ => -1));
    }

    [Fact]
    public async Task A_jpeg_of_thousands_of_scans_is_refused()
    {
        var jpeg = EncodedPictures.Magick(Picture.Make(1000, 1000, PixelLayout.Rgba, (x, _) => ((byte)(x / 4), 90, 90)), MagickFormat.Pjpeg);
        Assert.IsType<MediaDecoding.Decoded>((await HashAsync(jpeg)).Decoding);
        Assert.Equal(new MediaDecoding.TooLarge(1000, 1000), (await HashAsync(EncodedPictures.ManyScans(jpeg, 3000))).Decoding);
    }

    [Theory]
    [InlineData("", MediaFormat.Unknown)]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file:///etc/passwd\"/></svg>", MediaFormat.Svg)]
    [InlineData("<?xml version=\"1.0\"?>\n<svg/>", MediaFormat.Svg)]
    [InlineData("<html><svg/></html>", MediaFormat.Unknown)]
    [InlineData("push graphic-context\nimage over 0,0 0,0 'x'", MediaFormat.Unknown)]
    [InlineData("%!PS-Adobe-3.0", MediaFormat.Unknown)]
    [InlineData("%PDF-1.7", MediaFormat.Unknown)]
    [InlineData("\0\0\0\u0018ftypmp42\0\0\0\0mp42isom", MediaFormat.Video)]
    [InlineData("BM is how this text begins, and it goes on for a while", MediaFormat.Unknown)]
    public async Task What_is_no_picture_is_told_without_being_decoded(string text, MediaFormat format)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(text);
        Assert.Equal(format, MediaFormats.Sniff(bytes));
        Assert.Equal(format == MediaFormat.Unknown ? new MediaDecoding.NotAnImage() : new MediaDecoding.Unsupported(format), (await HashAsync(bytes)).Decoding);
    }

    [Fact]
    public async Task Garbage_behind_the_first_bytes_of_each_kind_is_damaged()
    {
        var random = new Random(3);
        foreach (var (format, bytes, _) in Whole())
        {
            var garbage = new byte[5000];
            random.NextBytes(garbage);
            bytes.AsSpan(0, 18).CopyTo(garbage);
            Assert.True((await HashAsync(garbage)).Decoding is MediaDecoding.Damaged or MediaDecoding.TooLarge or MediaDecoding.Decoded { Partial: true }, format.ToString());
        }
    }

    [Fact]
    public async Task More_bytes_than_are_allowed_are_refused()
    {
        var decoder = new MediaDecoder(MediaLimits.Default with { MaxBytes = 1000 });
        Assert.Equal(new MediaDecoding.TooLarge(0, 0), await decoder.DecodeAsync(EncodedPictures.Skia(Sample, SKEncodedImageFormat.Png), Nothing, Cancellation));
    }

    /// <summary>A camera's rotation is a wish, not the picture: all eight forms are asked for instead.</summary>
    [Fact]
    public async Task The_rotation_asked_for_by_exif_is_not_applied()
    {
        var upright = EncodedPictures.Skia(Sample, SKEncodedImageFormat.Jpeg);
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, 0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        byte[] turned = [.. upright[..2], .. exif, .. upright[2..]];
        var (first, second) = (await HashAsync(upright), await HashAsync(turned));
        Assert.Equal(first.Decoding, second.Decoding);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
    }

    /// <summary>Where the library is there, both decoders give the same pixels for what cameras write, grey pictures too; what it cannot do is left to Skia.</summary>
    [Fact]
    public async Task Both_jpeg_decoders_agree()
    {
        foreach (var (picture, gray) in new[] { (Picture.Waves(333, 517, PixelLayout.Rgba), false), (Picture.Noise(640, 481, PixelLayout.Rgba, 4, 16), false), (Picture.Noise(200, 200, PixelLayout.Rgba, 4, 16), true) })
        {
            using var image = new MagickImage();
            image.ReadPixels(picture.Pixels, new PixelReadSettings((uint)picture.Width, (uint)picture.Height, StorageType.Char, PixelMapping.RGBA));
            image.ColorSpace = gray ? ColorSpace.Gray : image.ColorSpace;
            var bytes = image.ToByteArray(MagickFormat.Jpeg);
            PdqResult skia = default;
            SkiaDecoder.Decode(bytes, MediaFormat.Jpeg, MediaLimits.Default, (in PixelView pixels, int _) => skia = PdqHasher.Compute(pixels), static (_, decode) => decode());
            Assert.Equal(skia.Fingerprint, (await HashAsync(bytes)).Fingerprint);
            Assert.NotEqual(0, skia.Quality);
        }

        using var cmyk = new MagickImage(EncodedPictures.Skia(Sample, SKEncodedImageFormat.Png)) { ColorSpace = ColorSpace.CMYK };
        Assert.IsType<MediaDecoding.Decoded>((await HashAsync(cmyk.ToByteArray(MagickFormat.Jpeg))).Decoding);
    }

    [Fact]
    public async Task Turned_forms_are_hashed_when_they_are_asked_for()
    {
        var hashing = await MediaHasher.HashAsync(EncodedPictures.Skia(Sample, SKEncodedImageFormat.Png), MediaDecoder.Default, dihedrals: true, Cancellation);
        Assert.Equal(SampleHash.Hash, hashing.Dihedrals!.Original);
        Assert.Equal(SampleHash.Fingerprint, hashing.Fingerprint);
    }

    private static IEnumerable<(MediaFormat Format, byte[] Bytes, bool Lossless)> Whole(Picture? of = null)
    {
        var picture = of ?? Sample;
        yield return (MediaFormat.Jpeg, EncodedPictures.Skia(picture, SKEncodedImageFormat.Jpeg), false);
        yield return (MediaFormat.Png, EncodedPictures.Skia(picture, SKEncodedImageFormat.Png), true);
        yield return (MediaFormat.Webp, EncodedPictures.Skia(picture, SKEncodedImageFormat.Webp), false);
        yield return (MediaFormat.Gif, EncodedPictures.Magick(picture, MagickFormat.Gif), true);
        yield return (MediaFormat.Bmp, EncodedPictures.Bmp(picture), true);
    }

    private static byte[] Unpacked(byte[] bytes)
    {
        using var image = new MagickImage(bytes);
        return image.ToByteArray(MagickFormat.Png);
    }

    private static Task<MediaHashing> HashAsync(byte[] bytes) => MediaHasher.HashAsync(bytes, MediaDecoder.Default, dihedrals: false, Cancellation);

    private static void Nothing(in PixelView pixels, int index)
    {
    }
}
