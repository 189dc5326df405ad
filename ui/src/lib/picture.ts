import { createContext, useContext, useEffect, useState } from "react";
import { objectUrl } from "./object-url";

/** A picture that can be shown, as its camera was held. */
export interface OpenPicture {
  url: string;
  /** In dots. */
  width: number;
  height: number;
  close: () => void;
}

export type OpensPicture = (bytes: Uint8Array, type: string) => Promise<OpenPicture>;

/** Decodes a picture before it is shown, so that a damaged one is known and a whole one has its size at once. */
const openInBrowser: OpensPicture = async (bytes, type) => {
  const url = objectUrl(bytes, type);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
  return { url, width: image.naturalWidth, height: image.naturalHeight, close: () => URL.revokeObjectURL(url) };
};

const PictureContext = createContext<OpensPicture>(openInBrowser);

export const PictureProvider = PictureContext.Provider;

/** Opens the bytes, and lets the picture go when it is no longer shown. */
export function usePicture(bytes: Uint8Array, type: string): { picture: OpenPicture | null; failed: boolean } {
  const open = useContext(PictureContext);
  const [picture, setPicture] = useState<OpenPicture | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let opened: OpenPicture | null = null;
    let wanted = true;
    open(bytes, type).then(
      (ready) => {
        if (wanted) {
          opened = ready;
          setPicture(ready);
        } else {
          ready.close();
        }
      },
      () => {
        if (wanted) {
          setFailed(true);
        }
      },
    );
    return () => {
      wanted = false;
      setPicture(null);
      setFailed(false);
      opened?.close();
    };
  }, [bytes, type, open]);

  return { picture, failed };
}
