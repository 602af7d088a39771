using Monitor.Rules.Text;

namespace Monitor.Worker.Diagnostics;

/// <summary>How a word was recognised, and how far that can be trusted, in words for the person who reviews it.</summary>
public static class TextWords
{
    public static (string Vietnamese, string English) Of(Technique technique) => technique switch
    {
        Technique.Verbatim => ("đúng từng chữ", "letter for letter"),
        Technique.Folded => ("khác chữ hoa, cách gõ dấu hoặc khoảng trắng", "other case, composition or white space"),
        Technique.Pattern => ("khớp mẫu", "by pattern"),
        Technique.Invisible => ("chèn ký tự vô hình", "invisible characters inside"),
        Technique.Overlay => ("chèn nét gạch hoặc dấu đè lên chữ", "marks laid over the letters"),
        Technique.Homoglyph => ("dùng chữ giống của bảng chữ khác", "look-alike letters of another script"),
        Technique.StyledLetters => ("dùng chữ kiểu (toàn khổ, toán học, khoanh tròn …)", "styled letters (full width, mathematical, circled …)"),
        Technique.Separators => ("tách chữ bằng dấu hoặc biểu tượng", "separators or emoji inside"),
        Technique.Joined => ("viết liền", "written together"),
        Technique.RepeatedLetters => ("lặp chữ", "repeated letters"),
        Technique.Telex => ("gõ Telex để nguyên phím", "Telex keys as typed"),
        Technique.Vni => ("gõ VNI để nguyên phím", "VNI keys as typed"),
        Technique.Viqr => ("viết theo VIQR", "VIQR"),
        Technique.Teencode => ("viết theo ngôn ngữ chat", "chat spelling"),
        Technique.Leetspeak => ("dùng số, ký hiệu thay chữ", "digits and symbols for letters"),
        Technique.Masked => ("che bớt chữ", "letters left out behind a mark"),
        Technique.PartialDiacritics => ("thiếu một phần dấu", "some diacritics missing"),
        Technique.NoDiacritics => ("không dấu", "no diacritics"),
        Technique.Tcvn3 => ("bảng mã TCVN3 (ABC) đọc nhầm", "TCVN3 (ABC) read wrongly"),
        Technique.VniWindows => ("bảng mã VNI Windows đọc nhầm", "VNI Windows read wrongly"),
        Technique.Viscii => ("bảng mã VISCII đọc nhầm", "VISCII read wrongly"),
        Technique.Windows1258 => ("bảng mã Windows-1258 đọc nhầm", "Windows-1258 read wrongly"),
        Technique.Utf8AsLatin1 => ("UTF-8 đọc nhầm thành Latin-1", "UTF-8 read as Latin-1"),
        Technique.Entities => ("viết bằng mã ký tự HTML hoặc mã thoát", "character references or escapes"),
        Technique.Tags => ("chèn thẻ HTML giữa chữ", "HTML tags inside"),
        Technique.Reversed => ("viết ngược", "written backwards"),
    };

    public static (string Vietnamese, string English) Of(Strength strength) => strength switch
    {
        Strength.Weak => ("yếu", "weak"),
        Strength.Medium => ("vừa", "medium"),
        Strength.Strong => ("mạnh", "strong"),
    };
}
