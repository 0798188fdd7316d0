// What leaves the view and what comes into it as a file or a link.

import { download, figures } from "./export.js";
import { Sharing } from "./sharing.js";

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
    open: (file) => view.open(file),
    offers: () => ({ exported: (format) => view.door.export(run(), format), figures: figures(view.painter.pictures(), plotly), stem: stem() }),
  };
}
