// What leaves the view and what comes into it as a file or a link.

import { download, figures } from "./export.js";
import { Sharing } from "./sharing.js";
import { plain } from "./ways_on.js";

/** The toolbar's actions share, save, open and offers, for this view. */
export function takeaway(view) {
  const stem = () => `${view.data.experiment}-step-${view.shown?.step ?? 0}`;
  const run = () => view.attachment.run?.id;
  const plotly = () => view.context.plotly();
  const sharing = new Sharing(view, stem);
  return {
    share: (shown) => sharing.share(shown),
    async save() {
      download(await view.door.export(run(), "safetensors"), `${stem()}.safetensors`);
    },
    async open(file) {
      try {
        await view.open(file);
      } catch (refusal) {
        throw new Error(plain(refusal), { cause: refusal });
      }
    },
    offers: () => ({ exported: (format) => view.door.export(run(), format), figures: figures(view.painter.pictures(), plotly, (place) => view.painter.see(place)), stem: stem() }),
  };
}
