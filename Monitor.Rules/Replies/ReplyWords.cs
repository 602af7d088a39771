using System.Text.RegularExpressions;

namespace Monitor.Rules.Replies;

/// <summary>
/// The words of answers, over folded sentences (lower case, no marks, "n't" as " not", punctuation as commas). A sentence about a condition,
/// a wish or the future says nothing of what was done.
/// </summary>
internal static partial class ReplyWords
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    public static IEnumerable<ReplySignal> Read(string folded)
    {
        // Without marks "nêu trên" (above) would be "nếu" (if), and greetings would ask for something.
        var sentence = folded.Replace("neu tren", "", StringComparison.Ordinal).Replace("neu o", "", StringComparison.Ordinal).Replace("da neu", "", StringComparison.Ordinal).Replace("gui loi", "", StringComparison.Ordinal);
        if (Courtesy().IsMatch(sentence))
        {
            yield break;
        }

        var asks = Asks().IsMatch(sentence) || (sentence.EndsWith(" ?", StringComparison.Ordinal) && Question().IsMatch(sentence));
        if (asks)
        {
            yield return ReplySignal.AsksForMore;
        }

        // "All of them" is no part, unless an exception stands beside it.
        var whole = All().IsMatch(sentence) && !Except().IsMatch(sentence);
        var part = (Part().IsMatch(sentence) || Share(sentence)) && !whole;
        if (part)
        {
            yield return ReplySignal.SaysPart;
        }

        var placed = Place().IsMatch(sentence) && !Everywhere().IsMatch(sentence);
        if ((placed && Restricted().IsMatch(sentence)) || GeoWord().IsMatch(sentence))
        {
            yield return ReplySignal.SaysRestricted;
            yield break;
        }

        var refused = EnglishRefusal().IsMatch(sentence) || VietnameseRefusal().IsMatch(sentence);
        if (refused && !(asks && !Firm().IsMatch(sentence)))
        {
            yield return ReplySignal.SaysRefused;
        }

        // "A part was removed, the rest does not violate …" says both; "has not been removed" only one.
        if ((!refused || part) && !Unreal().IsMatch(sentence) && (EnglishRemoved().IsMatch(sentence) || VietnameseRemoved().IsMatch(sentence)))
        {
            yield return ReplySignal.SaysRemoved;
        }
        else if (Received().IsMatch(sentence))
        {
            yield return ReplySignal.SaysReceived;
        }
    }

    public static bool IsFailure(string folded) => Failure().IsMatch(folded);

    public static bool IsAutomaticSubject(string subject) => AutomaticSubject().IsMatch(subject);

    public static bool IsAutomaticText(string text) => AutomaticText().IsMatch(text.Length > 2000 ? text[..2000] : text);

    /// <summary>"2 of 3" is a part; "3 of 3" is the whole.</summary>
    private static bool Share(string sentence)
    {
        foreach (Match match in ShareOf().Matches(sentence))
        {
            if (Number(match.Groups["some"].Value) is { } some && Number(match.Groups["all"].Value) is { } all && some < all)
            {
                return true;
            }
        }

        return false;
    }

    private static int? Number(string word) => word switch
    {
        "one" or "mot" => 1,
        "two" or "hai" => 2,
        "three" or "ba" => 3,
        "four" or "bon" => 4,
        "five" or "nam" => 5,
        _ => int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    [GeneratedRegex(@"\b(if|should) you (have|need|require|wish|believe)\b|\bfeel free\b|\b(do not|not) hesitate\b|\b(do|did) not need to\b|\bno need to\b|\bfor (more|further|additional) information\b|\blet us know if\b|\bde biet them\b|\b(neu|khi) (quy |ban |anh |co )\w*( \w+)? ?(can|co|muon|thac mac)\b|\bde duoc (ho tro|tu van)\b|\bvui long truy cap\b", Plain)]
    private static partial Regex Courtesy();

    [GeneratedRegex(@"\b(please|kindly|could you|can you|would you|you (must|need to|will need to|should|have to))\b.*\b(provide|send|submit|share|supply|specify|clarify|confirm|include|forward|resubmit|attach|upload|tell|re ?send|complete|fill)\b|\b(we|to proceed we|i) (need|require|still need|are missing|will need)\b|\b(more|additional|further) (information|info|details|documentation|documents|evidence|context|data)\b|\b(is|are) (missing|incomplete|insufficient)\b|\b(vui long|de nghi|xin|mong|yeu cau|can|nho)\b.*\b(cung cap|bo sung|gui lai|gui them|gui|lam ro|xac nhan lai|chi ro|neu ro|dinh kem)\b|\b(thong tin|ho so) .*\b(chua day du|chua du|con thieu|khong day du)\b|\bchua (xac dinh|tim thay|ro) duoc?\b|\b(not|un) ?able to locate\b|\bcould not (locate|find|identify)\b", Plain)]
    private static partial Regex Asks();

    [GeneratedRegex(@"^(so |and )?(which|what|where|who owns|can you|could you|do you have)\b|\b(nao|dau|gi|phai khong) \?$", Plain)]
    private static partial Regex Question();

    [GeneratedRegex(@"\ball (items|content|of (it|them)|(the )?(reported |listed )?(links|urls|posts|pages|files|items))\b.*\b(were|was|have been|has been|are)\b|\btoan bo\b|\btat ca\b", Plain)]
    private static partial Regex All();

    [GeneratedRegex(@"\b(except|except for|with the exception|other than|apart from|ngoai tru|tru|all but)\b", Plain)]
    private static partial Regex Except();

    [GeneratedRegex(@"\b(partially|in part|part of|some (of|items|links|urls|posts|pages|files)|the (remaining|rest|others?)|remaining (one|ones|items?|links?|urls?)|for the others|except|except for|with the exception|other than|apart from|all but)\b|\b(mot phan|mot so|phan con lai|con lai|cac .* khac|ngoai tru|rieng)\b|\bbut the (text|post|page|video|image|images|account|comment|comments)\b.*\b(stay|stays|remain|remains|is|are)\b", Plain)]
    private static partial Regex Part();

    [GeneratedRegex(@"\b(?<some>one|two|three|four|mot|hai|ba|bon|[0-9]{1,3}) ?(of the|out of the|of|out of|tren|trong so|tren tong so|,) ?(?<all>two|three|four|five|hai|ba|bon|nam|[0-9]{1,3})\b", Plain)]
    private static partial Regex ShareOf();

    [GeneratedRegex(@"\b(vietnam|viet nam|vietnamese|vn|your (country|region|jurisdiction|location|territory)|locally|trong nuoc|lanh tho|khu vuc|dia phuong)\b", Plain)]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(globally|worldwide|everywhere|in all countries|not just in|not only in|toan cau|tren toan the gioi|moi quoc gia)\b", Plain)]
    private static partial Regex Everywhere();

    [GeneratedRegex(@"\b(restricted|restrict|blocked|block|withheld|withhold|limited|hidden|disabled|unavailable|not (available|accessible|visible)|no longer (available|accessible|visible)|removed)\b|\b(da |bi |duoc )?(chan|han che|gioi han|an bai|an noi dung|da an|ngan chan)\b", Plain)]
    private static partial Regex Restricted();

    [GeneratedRegex(@"\bgeo ?(block|restrict|fenc|limit)\w*|\bcountry withheld\b|\bkhu vuc dia ly\b|\btheo (quoc gia|vi tri dia ly)\b", Plain)]
    private static partial Regex GeoWord();

    [GeneratedRegex(@"\b(not|never)( \w+){0,3} (violate|violating|violated|infringe|infringing|breach|contravene|go against|against our|in violation)\b|\b(no|not a|not find a|not found a|without) (violation|breach|infringement)\b|\b(unable|not able|not in a position) to (remove|take|comply|process|action|act|delete|disable|assist|help|accommodate)\b|\b(can|ca|could|will|wo|would|shall|do|did|does|have|has|had|is|are|was|were|am) ?not( \w+){0,3} (remove|removed|removing|take down|taken down|taking|take action|taken action|take it|take this|delete|deleted|disable|disabled|comply|act on|process|take them)\b|\b(decline|declined|declining|reject|rejected|refuse|refused|denied|deny|dismissed)\b|\bdecided (not to|against)\b|\bno action (was|has been|will be|is)\b|\b(content|it|post|page|video|material)( will| shall)? (remain|remains|stay|stays|be left) (online|up|available|accessible)\b|\bleft it up\b|\bwithin (our|the) (guidelines|policies|rules|standards)\b|\b(is not|not) (hosted|on our network|located on)\b|\bonly (act|respond) on\b", Plain)]
    private static partial Regex EnglishRefusal();

    [GeneratedRegex(@"\bkhong( \w+){0,2} vi pham\b|\btu choi\b|\bkhong (dong y|chap nhan|thuc hien|xu ly|go|xoa|the go|the xoa|the xu ly|the thuc hien|the dap ung|dap ung|co co so|co can cu|du can cu|du co so|thuoc)\b|\b(chua|khong) du (can cu|co so)\b|\bngoai (tham quyen|pham vi)\b", Plain)]
    private static partial Regex VietnameseRefusal();

    /// <summary>A "no" that more papers would not change.</summary>
    [GeneratedRegex(@"\b(violate|violation|against our|decline|declined|denied|decided|tu choi|khong vi pham)\b", Plain)]
    private static partial Regex Firm();

    /// <summary>Conditions, wishes, plans, and what somebody else is to do.</summary>
    [GeneratedRegex(@"\b(will|shall|ll|would|going to|once|when|as soon as|if|whether|in progress|in the process|to be|has [0-9]+ hours|asked|ask|request(s|ed)? (that|to|for)|please|should)\b( \w+){0,12} (remov\w+|take\w*( this| it| them)? down|delet\w+|disabl\w+|down|gone)\b|\b(remov\w+|deletion|takedown) (is|are) (in progress|pending|under way|scheduled)\b|\b(se|dang|neu|khi|sau khi|chua|de nghi|yeu cau)( \w+){0,6} (go|go bo|xoa|khoa|chan|ha)\b", Plain)]
    private static partial Regex Unreal();

    [GeneratedRegex(@"\b(ha(s|ve|d)|was|were|is|are|been|being|ve|re|s|now) ((now|already|been|since|permanently|successfully|also|all|both|just|fully|completely) ){0,3}(removed|taken down|taken offline|deleted|disabled|purged|suspended|terminated|deactivated|banned|unpublished|down|gone|offline|actioned)\b|\b(we|team|moderators|moderation|i|customer|owner|author|they|and) ((have|ve|has|now|already|also|just|permanently) ){0,3}(removed|took|taken|deleted|disabled|deactivated|suspended|terminated|banned|purged|unpublished)\b|\b(have|ve) taken (\w+ ){1,4}(down|offline)\b|\bno longer (available|accessible|online|hosted|exists?|reachable)\b|\bnot exist (anymore|any more|any longer)\b|\b(content|post|video|page|account|url|link|image|photo|item|profile|file|media|user)s? (now )?(removed|deleted|taken down|disabled|purged|banned)\b|\bdisabled access\b", Plain)]
    private static partial Regex EnglishRemoved();

    [GeneratedRegex(@"\bda (duoc |bi |tien hanh |thuc hien |xu ly |hoan thanh |hoan tat |thao ){0,2}(go|go bo|xoa|xoa bo|khoa|vo hieu|vo hieu hoa|ha|ha xuong|thao|dong|ngung)\b|\b(tien hanh|hoan tat|hoan thanh) (viec )?(go|xoa|ha|khoa)\b|\b(khong con|khong the) (truy cap|xem duoc|hien thi|ton tai)\b", Plain)]
    private static partial Regex VietnameseRemoved();

    [GeneratedRegex(@"^(well |duly )?received\b|\b(received|receipt of|got) (your|the|this)\b|\b(thank you|thanks) for (your|contacting|reaching|reporting|the|submitting)\b|\bunder review\b|\b(looking|look) into\b|\b(being|be) (reviewed|processed|investigated|handled)\b|\b(will|ll|shall)( \w+){0,2} (review|investigate|look|get back|respond|process|remove|take|reply|forward)\b|\bin (progress|process|the process)\b|\b(ticket|case|request)( id| number)?.*\b(created|opened|registered|logged)\b|\bforwarded (your|the|this)\b|\backnowledg\w*\b|\bda (tiep nhan|nhan duoc|nhan|ghi nhan|chuyen)\b|\b(dang|se) (\w+ ){0,3}(xu ly|xem xet|kiem tra|xac minh|phan hoi|tra loi|go|xoa|chuyen|tien hanh)\b|\bcam on\b", Plain)]
    private static partial Regex Received();

    [GeneratedRegex(@"\b(undeliver\w*|delivery (status notification|has failed|failed|failure)|returned (mail|to sender)|mail delivery (failed|system)|could not be delivered|was not delivered|khong the gui|khong gui duoc|thu bi tra lai)\b", Plain)]
    private static partial Regex Failure();

    [GeneratedRegex(@"\b(automatic reply|auto ?reply|auto ?response|autoreply|out of (the )?office|vacation|away from|tra loi tu dong|phan hoi tu dong|vang mat|nghi phep)\b", Plain)]
    private static partial Regex AutomaticSubject();

    [GeneratedRegex(@"\b(this is an (automated|automatic|auto generated)|automatically generated|do not reply to this|i am (currently )?out of|thu (nay )?(duoc )?(gui|tra loi) tu dong|tin nhan tu dong|vui long khong tra loi (thu|email) nay|toi (hien )?dang (nghi|di cong tac|vang))\b", Plain)]
    private static partial Regex AutomaticText();
}
