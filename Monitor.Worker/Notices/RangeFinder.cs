using Fluid;
using Fluid.Ast;

namespace Monitor.Worker.Notices;

/// <summary>
/// Finds number ranges such as (1..9). The engine writes a range out in memory before it counts a step, so (1..1000000000) would
/// take all of it; a notice has no use for one.
/// </summary>
internal sealed class RangeFinder : AstVisitor
{
    public const string Complaint = "number ranges (1..9) are not allowed";

    private bool _found;

    public static bool Finds(IFluidTemplate template)
    {
        var finder = new RangeFinder();
        finder.VisitTemplate(template);
        return finder._found;
    }

    protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
    {
        _found = true;
        return rangeExpression;
    }
}
