namespace Monitor.Worker.Extracting;

/// <summary>Takes a srcset attribute apart (WHATWG HTML 4.8.4.3.10): addresses may hold commas, descriptors follow after white space.</summary>
internal static class SrcsetReader
{
    public static void Read(string srcset, Action<string> report)
    {
        int at = 0;
        while (at < srcset.Length)
        {
            while (at < srcset.Length && (IsSpace(srcset[at]) || srcset[at] == ','))
                at++;
            int start = at;
            while (at < srcset.Length && !IsSpace(srcset[at]))
                at++;
            if (at == start)
                return;

            int end = at;
            bool closed = srcset[end - 1] == ',';
            while (end > start && srcset[end - 1] == ',')
                end--;
            if (end > start)
                report(srcset[start..end]);
            if (closed)
                continue;

            // Descriptors up to the next comma outside parentheses.
            int depth = 0;
            while (at < srcset.Length && (depth > 0 || srcset[at] != ','))
            {
                depth += srcset[at] == '(' ? 1 : srcset[at] == ')' && depth > 0 ? -1 : 0;
                at++;
            }
        }
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
