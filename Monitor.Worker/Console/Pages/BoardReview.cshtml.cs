using Microsoft.AspNetCore.Mvc;
using Monitor.Rules.Sharing;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Console.Pages;

/// <summary>Many notices by one act: what is shown here has a code, and only exactly that is approved or reminded of.</summary>
public sealed class BoardReviewModel(House house) : DeskPage(house)
{
    /// <summary>"approve" or "remind".</summary>
    [BindProperty(SupportsGet = true, Name = "what")]
    public string? What { get; set; }

    /// <summary>What was selected; empty: everything of the agency that waits.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public List<string> Ids { get; set; } = [];

    public Review? Review { get; private set; }

    /// <summary>What became of each, once it was done.</summary>
    public IReadOnlyList<BulkEnd>? Ends { get; private set; }

    public bool Approves => What == "approve";

    private string Here => $"/board/review?what={(Approves ? "approve" : "remind")}{string.Concat(Ids.Take(BulkOperations.Most).Select(id => "&id=" + Uri.EscapeDataString(id)))}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!IsKnown())
        {
            return Missing();
        }

        switch (Approves ? await House.Bulk.ReviewDraftsAsync(Actor, Ids, null, cancellation) : await House.Bulk.ReviewRemindersAsync(Actor, Ids, null, cancellation))
        {
            case OperationResult<Review>.Done done:
                Review = done.Value;
                return Page();
            case OperationResult<Review>.Refused refused:
                return Refuse(refused.Refusal, "/board");
            default:
                throw new InvalidOperationException("unknown result");
        }
    }

    public async Task<IActionResult> OnPostAsync(string? code, CancellationToken cancellation)
    {
        if (!IsKnown())
        {
            return Missing();
        }

        // Too many to name in an address are reviewed as all that wait.
        if (Prove(Ids.Count <= 50 ? Here : "/board/review?what=" + What) is { } proof)
        {
            return proof;
        }

        switch (Approves ? await House.Bulk.ApproveAsync(Actor, Ids, code ?? "", cancellation) : await House.Bulk.RemindAsync(Actor, Ids, code ?? "", cancellation))
        {
            case OperationResult<IReadOnlyList<BulkEnd>>.Done done:
                Ends = done.Value;
                return Page();
            case OperationResult<IReadOnlyList<BulkEnd>>.Refused refused:
                return Refuse(refused.Refusal, Ids.Count <= 50 ? Here : "/board");
            default:
                throw new InvalidOperationException("unknown result");
        }
    }

    private bool IsKnown() => What is "approve" or "remind" && May(Role.Approver, Role.Analyst, Role.Verifier);
}
