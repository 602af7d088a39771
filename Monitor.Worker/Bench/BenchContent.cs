using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitor.Worker.Bench;

/// <summary>
/// What the bench's hosts serve: a pure function of a number. Pages of a wanted size with varied Vietnamese text and three pictures each;
/// one in a hundred has the watch word, another one in a hundred has a picture that the bank knows.
/// </summary>
public sealed class BenchContent
{
    public const string WatchWord = "đèn lồng xanh";
    public const int PicturesPerPage = 3;
    public const int PictureBytes = 20 * 1024;
    public const int PageBytes = 10 * 1024;

    private const int Paragraphs = 2048;
    private const int OneIn = 100;

    private static readonly string[] Words =
    [
        "chợ", "sông", "lúa", "cầu", "trường", "sách", "bút", "xe", "đường", "phố", "nhà", "vườn", "cây", "hoa", "mưa", "nắng", "gió", "trời", "núi", "biển",
        "thuyền", "cá", "gạo", "bánh", "trà", "cà phê", "sáng", "chiều", "tối", "hôm nay", "ngày mai", "tuần", "tháng", "mùa xuân", "mùa hạ", "mùa thu", "mùa đông",
        "bạn", "thầy", "bác sĩ", "kỹ sư", "nông dân", "công nhân", "nhạc", "tranh", "phim", "bóng đá", "cờ", "diều", "áo", "mũ", "giày", "khăn", "bàn", "ghế", "đồng hồ",
        "máy tính", "điện thoại", "bản tin", "thời tiết", "giá", "hàng", "cửa hàng", "quán", "món", "ngon", "rẻ", "đẹp", "mới", "cũ", "lớn", "nhỏ", "xanh", "đỏ", "vàng",
        "trắng", "đèn", "giấy", "thư", "tem", "báo", "thư viện", "bảo tàng", "công viên", "hồ", "đảo", "làng", "xã", "huyện", "tỉnh", "lễ hội", "tết", "trung thu",
        "học", "làm", "đi", "về", "xem", "nghe", "đọc", "viết", "mua", "bán", "trồng", "nấu", "sửa", "vẽ", "hát", "và", "của", "với", "cho", "trong", "ngoài", "trên", "dưới",
    ];

    private readonly byte[][] _paragraphs;
    private readonly byte[] _picture;
    private readonly int _pageBytes;

    /// <param name="pageBytes">About this many bytes a page.</param>
    /// <param name="pictureBytes">Exactly this many a picture; at least 64.</param>
    public BenchContent(int pageBytes = PageBytes, int pictureBytes = PictureBytes)
    {
        _pageBytes = pageBytes;
        var random = new Random(20260302);
        _paragraphs = new byte[Paragraphs][];
        var text = new StringBuilder();
        for (var i = 0; i < Paragraphs; i++)
        {
            text.Clear().Append("<p>");
            Sentence(text, random, 60);
            _paragraphs[i] = Encoding.UTF8.GetBytes(text.Append("</p>\n").ToString());
        }

        _picture = new byte[Math.Max(64, pictureBytes)];
        random.NextBytes(_picture);
        // JPEG: start of image and a JFIF segment; nothing here decodes the rest.
        ReadOnlySpan<byte> head = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
        head.CopyTo(_picture);
    }

    public static bool HasWatchWord(int number) => number % OneIn == 7;

    /// <summary>Which picture of the page the bank knows; −1: none.</summary>
    public static int KnownPicture(int number) => number % OneIn == 42 ? number / OneIn % PicturesPerPage : -1;

    public byte[] Page(int number)
    {
        var page = new MemoryStream(_pageBytes + 1024);
        void Put(string part) => page.Write(Encoding.UTF8.GetBytes(part));
        var name = number.ToString(CultureInfo.InvariantCulture);
        Put($"<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Bài {name}</title></head><body>\n<header><nav><a href=\"/\">Trang chủ</a> <a href=\"/moi\">Mới</a> <a href=\"/lien-he\">Liên hệ</a></nav></header>\n<main><article><h1>Bài số {name}</h1>\n");
        for (var i = 0; i < PicturesPerPage; i++)
        {
            Put($"<figure><img src=\"{PicturePath(number, i)}\" alt=\"Ảnh {i}\"><figcaption>Ảnh {i} của bài {name}</figcaption></figure>\n");
        }

        if (HasWatchWord(number))
        {
            Put($"<p>Cửa hàng ở đầu phố có {WatchWord} rất đẹp.</p>\n");
        }

        var state = (uint)number * 2654435761u + 12345u;
        do
        {
            state = (state * 1664525u) + 1013904223u;
            page.Write(_paragraphs[(state >> 16) % Paragraphs]);
        }
        while (page.Length < _pageBytes - 700);
        Put("</article></main>\n<footer><p>Trang mẫu dùng để đo. Mọi nội dung đều vô hại.</p></footer></body></html>\n");
        return page.ToArray();
    }

    public byte[] Picture(int number, int index)
    {
        var picture = _picture.AsSpan().ToArray();
        BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(24), number);
        BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(28), index);
        return picture;
    }

    /// <summary>SHA-256 in hex, as a partner's list would name it.</summary>
    public string PictureDigest(int number, int index) => Convert.ToHexStringLower(SHA256.HashData(Picture(number, index)));

    public static string PicturePath(int number, int index) => string.Create(CultureInfo.InvariantCulture, $"/anh/{number}-{index}.jpg");

    /// <summary>Keywords of the same words as the pages, long enough to stand in hardly any of them.</summary>
    public static string[] Keywords(int count)
    {
        var random = new Random(777);
        var keywords = new HashSet<string>(StringComparer.Ordinal) { WatchWord };
        var text = new StringBuilder();
        while (keywords.Count < count)
        {
            Sentence(text.Clear(), random, 5);
            keywords.Add(text.ToString());
        }

        return [.. keywords];
    }

    private static void Sentence(StringBuilder to, Random random, int words)
    {
        for (var i = 0; i < words; i++)
        {
            // "lồng" is no word of the list: the watch word stands where it is put and nowhere else.
            to.Append(i > 0 ? " " : "").Append(Words[random.Next(Words.Length)]);
        }
    }
}
