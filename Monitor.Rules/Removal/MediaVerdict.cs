using Monitor.Rules.Hashing;

namespace Monitor.Rules.Removal;

/// <summary>Judges what one known media URL answered.</summary>
public static class MediaVerdict
{
    /// <summary>Differing bits up to which two pictures are the same: the customary threshold of PDQ, by which one picture in many millions errs.</summary>
    public const int SamePicture = 31;

    /// <param name="answerIsMedia">The body is an image, video or audio file.</param>
    /// <param name="digests">Digests of the answer's body; empty when it was not read whole.</param>
    /// <param name="known">Digests of the media as captured; empty when never captured.</param>
    /// <param name="pictureDistance">Differing bits between the picture as captured and the nearest form of the answer's; null when either cannot be decoded or says too little, which proves nothing.</param>
    public static (Liveness Liveness, LivenessReason Reason) Judge(int? status, TransportError? error, bool answerIsMedia, IReadOnlyList<Digest> digests, IReadOnlyList<Digest> known, int? pictureDistance = null)
    {
        if (error is not null || status is null)
        {
            return (Liveness.Inconclusive, error switch
            {
                TransportError.Timeout => LivenessReason.Timeout,
                TransportError.DnsNxdomain => LivenessReason.DnsNxdomain,
                _ => LivenessReason.TransportError,
            });
        }

        switch (status)
        {
            case 404:
                return (Liveness.Gone, LivenessReason.NotFound404);
            case 410:
                return (Liveness.Gone, LivenessReason.Gone410);
            case 451:
                return (Liveness.Restricted, LivenessReason.GeoBlocked);
            case 429:
                return (Liveness.Inconclusive, LivenessReason.RateLimited);
            case 401 or 403 or 407:
                return (Liveness.Inconclusive, LivenessReason.Forbidden);
            case >= 500:
                return (Liveness.Inconclusive, LivenessReason.ServerError);
            case >= 200 and < 300 when answerIsMedia:
                // Another picture under the same address is often a placeholder: only a person can tell. The same picture in other bytes is still served.
                return known.Count == 0 || digests.Count == 0 || digests.Any(known.Contains) || pictureDistance <= SamePicture
                    ? (Liveness.Live, LivenessReason.MediaStillServed)
                    : (Liveness.Inconclusive, LivenessReason.MediaChanged);
            case >= 200 and < 300:
                return (Liveness.ProbablyGone, LivenessReason.Soft404);
            default:
                return (Liveness.Inconclusive, LivenessReason.Unreadable);
        }
    }

    /// <summary>Differing bits between a picture known and the nearest of the forms of one seen now; null when either says too little to be compared.</summary>
    /// <param name="forms">The picture as it stands and turned or mirrored; empty when it was not decoded.</param>
    /// <param name="quality">Of the picture seen now.</param>
    public static int? PictureDistance(PdqFingerprint? known, IReadOnlyList<PdqHash> forms, int quality)
    {
        if (known is not { Gate: PdqGate.Open })
        {
            return null;
        }

        int? nearest = null;
        foreach (var form in forms)
        {
            if (PdqGates.Of(form, quality) == PdqGate.Open && known.Hash.Distance(form) is var distance && !(nearest <= distance))
            {
                nearest = distance;
            }
        }

        return nearest;
    }

    /// <summary>Page and media together: the page is gone only when every known media URL is.</summary>
    /// <param name="control">Of the page. It speaks for the page alone: a soft sign from a media URL has no control probe behind it.</param>
    public static ProofFact Combine(DateTimeOffset at, string vantage, LivenessVerdict page, IReadOnlyList<(Liveness Liveness, LivenessReason Reason)> media, ControlObservation? control)
    {
        var (liveness, reason) = (page.Liveness, page.Reason);
        if (liveness is Liveness.Gone or Liveness.ProbablyGone)
        {
            foreach (var (seen, why) in media)
            {
                if (seen == Liveness.Live)
                {
                    (liveness, reason) = (Liveness.Partial, LivenessReason.MediaOnly);
                    break;
                }

                // The weaker sign decides: restricted before inconclusive before soft before hard.
                if (Rank(seen) > Rank(liveness))
                {
                    (liveness, reason) = (seen, why);
                }
            }
        }
        else if (liveness is Liveness.Inconclusive or Liveness.Restricted && media.Any(item => item.Liveness == Liveness.Live))
        {
            // The page hides behind a wall, an error or a border, but known media are served: that much is certain.
            (liveness, reason) = (Liveness.Live, LivenessReason.MediaStillServed);
        }

        return new ProofFact
        {
            At = at,
            Vantage = vantage,
            Liveness = liveness,
            Reason = reason,
            ControlAgrees = liveness == Liveness.ProbablyGone && control is { Valid: true, LooksSame: true }
                && page.Liveness == Liveness.ProbablyGone && media.All(item => item.Liveness != Liveness.ProbablyGone),
        };
    }

    private static int Rank(Liveness liveness) => liveness switch
    {
        Liveness.Gone => 0,
        Liveness.ProbablyGone => 1,
        Liveness.Inconclusive => 2,
        Liveness.Restricted => 3,
        Liveness.Partial => 4,
        Liveness.Live => 5,
    };
}
