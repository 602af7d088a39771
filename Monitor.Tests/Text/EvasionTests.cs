using Monitor.Rules.Text;

namespace Monitor.Tests.Text;

/// <summary>Keywords as people write them who do not want to be found, and sentences that only look as if they held them.</summary>
public sealed class EvasionTests
{
    [Theory]
    [InlineData("bán đèn lồng", "đèn lồng", "đèn lồng", Technique.Verbatim, Strength.Strong)]
    [InlineData("bán ĐÈN LỒNG", "đèn lồng", "ĐÈN LỒNG", Technique.Folded, Strength.Strong)]
    [InlineData("Toà nhà hoà bình", "hòa bình", "hoà bình", Technique.Folded, Strength.Strong)]
    [InlineData("đ\u200Bèn l\u00ADồng", "đèn lồng", "đ\u200Bèn l\u00ADồng", Technique.Invisible, Strength.Strong)]
    [InlineData("đ\u0336è\u0336n\u0336 lồng", "đèn lồng", "đ\u0336è\u0336n\u0336 lồng", Technique.Overlay, Strength.Strong)]
    [InlineData("gốm ѕứ", "gốm sứ", "gốm ѕứ", Technique.Homoglyph, Strength.Medium)]
    [InlineData("ｋẹｏ dừa", "kẹo dừa", "ｋẹｏ dừa", Technique.StyledLetters, Strength.Strong)]
    [InlineData("đ.è.n l.ồ.n.g nhé", "đèn lồng", "đ.è.n l.ồ.n.g", Technique.Separators, Strength.Medium)]
    [InlineData("đ è n l ồ n g", "đèn lồng", "đ è n l ồ n g", Technique.Separators, Strength.Medium)]
    [InlineData("đèn🔥lồng", "đèn lồng", "đèn🔥lồng", Technique.Separators, Strength.Medium)]
    [InlineData("mua đènlồng", "đèn lồng", "đènlồng", Technique.Joined, Strength.Medium)]
    [InlineData("đènnn lồnggg ơi", "đèn lồng", "đènnn lồnggg", Technique.RepeatedLetters, Strength.Medium)]
    [InlineData("mua dden2 ddenf loongf", "đèn lồng", "ddenf loongf", Technique.Telex, Strength.Medium)]
    [InlineData("thuyeefn giaasy", "thuyền giấy", "thuyeefn giaasy", Technique.Telex, Strength.Medium)]
    [InlineData("d9en2 lo6ng2", "đèn lồng", "d9en2 lo6ng2", Technique.Vni, Strength.Medium)]
    [InlineData("dde`n lo^`ng nhe'", "đèn lồng", "dde`n lo^`ng", Technique.Viqr, Strength.Medium)]
    [InlineData("xem kon kuay", "con quay", "kon kuay", Technique.Teencode, Strength.Medium)]
    [InlineData("wạt điện", "quạt điện", "wạt điện", Technique.Teencode, Strength.Medium)]
    [InlineData("đ3n l0ng", "đen long", "đ3n l0ng", Technique.Leetspeak, Strength.Medium)]
    [InlineData("b*nh c*ốn", "bánh cuốn", "b*nh c*ốn", Technique.Masked, Strength.Medium)]
    [InlineData("mua đ.lồng", "đèn lồng", "đ.lồng", Technique.Masked, Strength.Medium)]
    [InlineData("mua đèn lông ở chợ", "đèn lồng", "đèn lông", Technique.PartialDiacritics, Strength.Medium)]
    [InlineData("mua den long o cho", "đèn lồng", "den long", Technique.NoDiacritics, Strength.Weak)]
    [InlineData("Caây ñeøn loàng ñeïp quaù", "đèn lồng", "ñeøn loàng", Technique.VniWindows, Strength.Medium)]
    [InlineData("c¸i ®Ìn lång", "đèn lồng", "®Ìn lång", Technique.Tcvn3, Strength.Medium)]
    [InlineData("Ä‘Ã¨n lá»“ng", "đèn lồng", "Ä‘Ã¨n lá»“ng", Technique.Utf8AsLatin1, Strength.Medium)]
    [InlineData("đ&egrave;n l&#7891;ng", "đèn lồng", "đ&egrave;n l&#7891;ng", Technique.Entities, Strength.Strong)]
    [InlineData("đ<b>è</b>n lồng", "đèn lồng", "đ<b>è</b>n lồng", Technique.Tags, Strength.Strong)]
    [InlineData("\u202Egnồl nèđ\u202C", "đèn lồng", "gnồl nèđ", Technique.Reversed, Strength.Medium)]
    public void Each_technique_is_named(string text, string keyword, string found, Technique technique, Strength strength)
    {
        ScanOccurrence one = Assert.Single(TextScanner.Build([keyword], []).Scan(text).Occurrences);
        Assert.Equal((found, technique, strength), (text.Substring(one.Start, one.Length), one.Technique, one.Strength));
    }

    [Fact]
    public void Nearly_every_evasion_is_found_and_hardly_anything_else()
    {
        var missed = new List<string>();
        int positives = 0;
        foreach ((string technique, string keyword, string text) in EvasionCases.Positive())
        {
            positives++;
            if (TextScanner.Build([keyword], []).Scan(text).Occurrences.Count == 0)
                missed.Add($"{technique}: [{keyword}] {text}");
        }

        string[] wrong = [.. EvasionCases.Negative.Where(one => TextScanner.Build([one.Keyword], []).Scan(one.Text).Occurrences.Count > 0).Select(one => $"[{one.Keyword}] {one.Text}")];
        double f1 = 2.0 * (positives - missed.Count) / ((2.0 * (positives - missed.Count)) + missed.Count + wrong.Length);
        Assert.True(positives > 1900 && EvasionCases.Negative.Length > 90);
        Assert.True(f1 >= 0.99, $"F1 {f1:0.000}; missed: {string.Join("; ", missed)}");
        Assert.True(wrong.Length <= 0.02 * EvasionCases.Negative.Length, string.Join("; ", wrong));
    }

    [Fact]
    public void Words_that_belong_to_their_neighbours_are_not_found()
    {
        (string Keyword, string Text)[] cases =
        [
            ("cờ bạc", "Lá cờ bạc màu theo năm tháng"), ("ma tuý", "muot ma tuy nhien hoi dat"), ("cờ bạc", "co bac nao biet quan pho ngon khong"),
            ("trà đá", "Ấm trà đá bóng xong mới uống"), ("hoa đào", "Cánh hoa đào tạo nên bức tranh"),
        ];
        Assert.Equal(["Ấm trà đá bóng xong mới uống"], cases.Where(one => TextScanner.Build([one.Keyword], []).Scan(one.Text).Occurrences.Count > 0).Select(one => one.Text));
    }
}
